package com.poolbrain.webhooks.engine.manual;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.EventType;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.dispatch.DeliveryDispatcher;
import com.poolbrain.webhooks.engine.dispatch.OwnedClaim;
import com.poolbrain.webhooks.engine.intake.PublishedEvent.EventItem;
import com.poolbrain.webhooks.engine.ledger.AttemptResult.NotSent;
import com.poolbrain.webhooks.engine.ledger.AttemptResult.Sent;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.NewEvent;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.manual.PendingResults.PendingResult;
import com.poolbrain.webhooks.engine.node.ConfigSnapshot.EndpointConfig;
import com.poolbrain.webhooks.engine.node.NodeLease;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;

/// Sends a sample to an endpoint: a delivery with one attempt.
public final class TestSend {

  /// Longer than any attempt, with some time to record it.
  private static final Duration TIMEOUT = Duration.ofSeconds(40);

  private final NodeLease lease;
  private final DeliveryDispatcher dispatcher;
  private final ManualAttemptLimiter limiter;
  private final PendingResults pendingResults;
  private final Supplier<UUID> ids;
  private final InstantSource clock;

  /// @param ids of events and deliveries
  public TestSend(
      NodeLease lease,
      DeliveryDispatcher dispatcher,
      ManualAttemptLimiter limiter,
      PendingResults pendingResults,
      Supplier<UUID> ids,
      InstantSource clock) {
    this.lease = lease;
    this.dispatcher = dispatcher;
    this.limiter = limiter;
    this.pendingResults = pendingResults;
    this.ids = ids;
    this.clock = clock;
  }

  /// Stores the sample and starts its attempt.
  ///
  /// @param actor caller who asked for it
  public StartedOperation<ManualAttemptResult> start(
      long companyId, UUID endpointId, EventType type, EventItem item, String actor)
      throws InterruptedException {
    lease.refreshConfig();
    EndpointConfig endpoint = lease.state().config().endpointConfig(endpointId);
    if (endpoint == null || endpoint.endpoint().companyId() != companyId) {
      return ManualAttemptResult.NotFound::new;
    }
    ManualAttemptResult refusal = SendPermission.refusal(endpoint);
    if (refusal != null) {
      return () -> refusal;
    }
    NewDelivery delivery = newDelivery(endpoint.endpoint(), type, item);
    PendingResult pending = pendingResults.register(delivery.id());
    if (pending == null) {
      return ManualAttemptResult.LimitReached::new;
    }
    if (!limiter.tryAcquire(delivery.toClaim())) {
      pendingResults.abandon(delivery.id());
      return ManualAttemptResult.LimitReached::new;
    }
    storeAndStart(delivery, item.refs(), actor);
    return () -> toResult(pendingResults.await(pending, TIMEOUT));
  }

  /// A type that the endpoint has not subscribed goes under its canonical name.
  private NewDelivery newDelivery(Endpoint endpoint, EventType type, EventItem item) {
    String eventName = Objects.requireNonNullElse(endpoint.subscribedNameFor(type), type.name());
    Event event =
        new Event(ids.get(), endpoint.companyId(), type.name(), clock.instant(), 1, item.data());
    return new NewDelivery(ids.get(), event, endpoint.id(), eventName, Trigger.TEST, true, null);
  }

  private void storeAndStart(NewDelivery delivery, List<String> refs, String actor)
      throws InterruptedException {
    Claim claim = delivery.toClaim().requestedBy(actor);
    NewEvent event = new NewEvent(delivery.event(), refs);
    Plan plan = new Plan(List.of(event), List.of(delivery), Map.of());
    try {
      UUID incarnation = lease.storeAsCurrent(List.of(plan)).incarnation();
      dispatcher.expectResult();
      dispatcher.startManual(new OwnedClaim(claim, incarnation));
    } catch (LedgerException | InterruptedException failure) {
      limiter.release(claim);
      pendingResults.abandon(claim.id());
      throw failure;
    }
  }

  private static ManualAttemptResult toResult(DeliveryRecorded event) {
    return switch (event.result()) {
      case Sent sent -> new ManualAttemptResult.Completed(sent, event.recorded());
      case NotSent _ -> new ManualAttemptResult.Busy();
    };
  }
}
