package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.audit.AuditAction;
import com.poolbrain.webhooks.domain.audit.AuditEntry.Subject;
import com.poolbrain.webhooks.domain.audit.FieldChanges;
import com.poolbrain.webhooks.domain.history.Retention;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.manual.ManualAttemptResult;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.management.Result.Done;
import com.poolbrain.webhooks.management.Result.Refused;
import com.poolbrain.webhooks.store.query.Cursor;
import com.poolbrain.webhooks.store.query.DeliveryDetail;
import com.poolbrain.webhooks.store.query.DeliveryFilter;
import com.poolbrain.webhooks.store.query.DeliveryLog;
import com.poolbrain.webhooks.store.query.DeliveryPage;
import com.poolbrain.webhooks.store.query.LoggedDelivery;
import com.poolbrain.webhooks.store.query.RunningAttempts;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The delivery log, and manual changes of single deliveries.
public final class DeliveryManagement {

  private final CompanyManagement companies;
  private final DeliveryLog deliveryLog;
  private final Engine engine;
  private final AuditedChanges changes;
  private final Retention retention;
  private final InstantSource clock;

  public DeliveryManagement(
      CompanyManagement companies,
      DeliveryLog deliveryLog,
      Engine engine,
      AuditedChanges changes,
      Retention retention,
      InstantSource clock) {
    this.companies = companies;
    this.deliveryLog = deliveryLog;
    this.retention = retention;
    this.clock = clock;
    this.engine = engine;
    this.changes = changes;
  }

  /// The attempts that the engine is running. A delivery that another node owns counts as running.
  public static RunningAttempts runningAttempts(Engine engine) {
    return (UUID owner, UUID delivery) ->
        !owner.equals(engine.incarnation()) || engine.isAttemptRunning(delivery);
  }

  /// The deliveries of a company that match a filter, newest first.
  ///
  /// @param after the end of the page before; null for the first page
  public DeliveryPage search(
      Principal principal, DeliveryFilter filter, @Nullable Cursor after, int limit) {
    Operation.READ_DELIVERIES.require(principal, filter.companyId());
    companies.requireExists(filter.companyId());
    return deliveryLog.list(filter, after, limit);
  }

  public DeliveryDetails get(Principal principal, long companyId, UUID id) {
    Operation.READ_DELIVERIES.require(principal, companyId);
    DeliveryDetail detail = load(companyId, id);
    WebhookRequest request = engine.previewRequest(toClaim(detail));
    if (request != null && detail.delivery().erasedAt() != null) {
      request = withoutSignatures(request);
    }
    return new DeliveryDetails(
        detail, request, request == null ? envelope(detail) : request.body());
  }

  /// Starts a manual attempt. Returns the delivery as it is then.
  public Result<LoggedDelivery> redeliver(Principal principal, long companyId, UUID id)
      throws InterruptedException {
    Operation.CHANGE_DELIVERIES.require(principal, companyId);
    return switch (engine.redeliver(companyId, id, principal.actor().name())) {
      case ManualAttemptResult.Started _, ManualAttemptResult.Completed _ ->
          recorded(principal, AuditAction.DELIVERY_REDELIVERED, companyId, id);
      case ManualAttemptResult.Forbidden(var reason) ->
          new Refused<>(RefusalText.notSendable(reason, companyId));
      case ManualAttemptResult.Busy _ ->
          new Refused<>(
              "An attempt of this delivery is running or about to start on another node; wait until"
                  + " it has ended.");
      case ManualAttemptResult.Erased(var erasedAt) -> new Refused<>(RefusalText.erased(erasedAt));
      case ManualAttemptResult.LimitReached _ -> new Refused<>(RefusalText.TOO_MANY_ATTEMPTS);
      case ManualAttemptResult.SecretUnreadable _ -> new Refused<>(RefusalText.UNREADABLE_SECRET);
      case ManualAttemptResult.NotFound _ -> throw notFound(companyId, id);
    };
  }

  /// Ends a delivery without another attempt. Returns the cancelled delivery.
  public Result<LoggedDelivery> cancel(Principal principal, long companyId, UUID id)
      throws InterruptedException {
    Operation.CHANGE_DELIVERIES.require(principal, companyId);
    return switch (engine.cancel(companyId, id)) {
      case CANCELLED -> recorded(principal, AuditAction.DELIVERY_CANCELLED, companyId, id);
      case BUSY ->
          new Refused<>(
              "An attempt of this delivery is running or about to start on another node and can't be"
                  + " stopped; wait until it has ended.");
      case ALREADY_ENDED -> new Refused<>("This delivery has ended; it can't be cancelled.");
      case NOT_FOUND -> throw notFound(companyId, id);
    };
  }

  private Done<LoggedDelivery> recorded(
      Principal principal, AuditAction action, long companyId, UUID id) {
    LoggedDelivery delivery = load(companyId, id).delivery();
    Subject subject = Subject.delivery(companyId, delivery.endpointId(), id);
    changes.record(principal, action, subject, FieldChanges.none());
    return new Done<>(delivery);
  }

  private DeliveryDetail load(long companyId, UUID id) {
    DeliveryDetail detail = deliveryLog.get(companyId, id);
    if (detail == null) {
      throw notFound(companyId, id);
    }
    return detail;
  }

  private NotFound notFound(long companyId, UUID id) {
    return retention.isExpired(id, clock.instant())
        ? NotFound.expired("delivery", id, retention)
        : NotFound.delivery(companyId, id);
  }

  /// Erased content was never signed, so no signature is shown.
  private static WebhookRequest withoutSignatures(WebhookRequest request) {
    return new WebhookRequest(
        request.url(),
        request.headers().stream()
            .filter(header -> !header.getKey().toLowerCase(Locale.ROOT).contains("signature"))
            .toList(),
        request.body(),
        request.timeout());
  }

  private static byte[] envelope(DeliveryDetail detail) {
    LoggedDelivery delivery = detail.delivery();
    return Envelope.write(
        delivery.id(),
        delivery.eventName(),
        delivery.companyId(),
        delivery.occurredAt(),
        detail.event().data());
  }

  /// The claim of the next attempt, or of the last one if the delivery has ended.
  private static Claim toClaim(DeliveryDetail detail) {
    LoggedDelivery delivery = detail.delivery();
    boolean hasEnded =
        switch (delivery.status()) {
          case DELIVERED, PERMANENTLY_FAILED, SKIPPED -> true;
          case PENDING, DELIVERING, RETRYING -> false;
        };
    int previousAttempts =
        hasEnded ? Math.max(0, delivery.attemptCount() - 1) : delivery.attemptCount();
    Instant dueAt = delivery.nextAttemptAt();
    return new Claim(
        delivery.id(),
        detail.event(),
        delivery.endpointId(),
        delivery.eventName(),
        delivery.isTest() ? Trigger.TEST : Trigger.AUTOMATIC,
        previousAttempts,
        previousAttempts,
        dueAt == null ? delivery.createdAt() : dueAt);
  }
}
