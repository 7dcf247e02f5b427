package com.poolbrain.webhooks.api.manage;

import com.poolbrain.webhooks.api.manage.DeliveryView.AttemptView;
import com.poolbrain.webhooks.api.manage.DeliveryView.RequestView;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.manual.ManualAttemptResult;
import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.events.ResolvedEventType;
import com.poolbrain.webhooks.http.Problem;
import com.poolbrain.webhooks.http.ProblemException;
import com.poolbrain.webhooks.http.QueryParams;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.Route;
import com.poolbrain.webhooks.management.Repositories;
import com.poolbrain.webhooks.management.Scope;
import com.poolbrain.webhooks.store.query.Cursor;
import com.poolbrain.webhooks.store.query.DeliveryDetail;
import com.poolbrain.webhooks.store.query.DeliveryFilter;
import com.poolbrain.webhooks.store.query.DeliveryPage;
import com.poolbrain.webhooks.store.query.LoggedDelivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The log of deliveries, and what people do with a single one.
final class DeliveryRoutes {

  private static final String DELIVERIES_PATH = CompanyRoutes.COMPANY_PATH + "/deliveries";
  private static final String DELIVERY_PATH = DELIVERIES_PATH + "/{delivery_id}";
  private static final int MAX_EVENT_NAME_LENGTH = 200;
  private static final int MAX_SEARCH_LENGTH = 200;
  private static final List<String> STATUSES =
      Arrays.stream(DeliveryStatus.values()).map(DeliveryStatus::wireName).toList();

  private final Repositories repositories;
  private final EventCatalogue eventCatalogue;
  private final Engine engine;

  DeliveryRoutes(Repositories repositories, EventCatalogue eventCatalogue, Engine engine) {
    this.repositories = repositories;
    this.eventCatalogue = eventCatalogue;
    this.engine = engine;
  }

  List<Route> routes() {
    return List.of(
        Route.get(DELIVERIES_PATH, Scope.READ, this::list),
        Route.get(DELIVERY_PATH, Scope.READ, this::get),
        Route.post(DELIVERY_PATH + "/redeliver", Scope.MANAGE, this::redeliver),
        Route.post(DELIVERY_PATH + "/cancel", Scope.MANAGE, this::cancel));
  }

  private Response list(Request request) {
    long company = request.companyId();
    QueryParams queryParams = request.queryParams();
    DeliveryFilter filter = parseFilter(queryParams, company);
    CursorPaging<Cursor> cursorPaging =
        CursorPaging.parse(queryParams, "deliveries " + filter, DeliveryRoutes::parseCursor);
    queryParams.rejectInvalid();
    CompanyRoutes.requireFound(repositories.companies().get(company), company);
    DeliveryPage deliveryPage =
        repositories.deliveryLog().list(filter, cursorPaging.position(), cursorPaging.limit());
    Cursor next = deliveryPage.nextCursor();
    return Response.ok(
        new ListView<>(
            deliveryPage.deliveries().stream().map(DeliveryView::of).toList(),
            next == null ? null : cursorPaging.cursorAfter(formatCursor(next))));
  }

  private DeliveryFilter parseFilter(QueryParams queryParams, long company) {
    String status = queryParams.oneOf("status", STATUSES);
    return new DeliveryFilter(
        company,
        status == null ? null : DeliveryStatus.fromWireName(status),
        parseEventName(queryParams),
        queryParams.id("endpoint_id"),
        queryParams.time("from"),
        queryParams.time("to"),
        queryParams.text("q", MAX_SEARCH_LENGTH));
  }

  private @Nullable String parseEventName(QueryParams queryParams) {
    String name = queryParams.text("event", MAX_EVENT_NAME_LENGTH);
    if (name == null) {
      return null;
    }
    String canonicalName = eventCatalogue.find(name).map(ResolvedEventType::name).orElse(null);
    if (canonicalName == null) {
      queryParams.addError("event", eventCatalogue.explainUnknown(name));
    }
    return canonicalName;
  }

  private static String formatCursor(Cursor cursor) {
    return cursor.eventId() == null
        ? cursor.deliveryId().toString()
        : cursor.deliveryId() + " " + cursor.eventId();
  }

  private static Cursor parseCursor(String text) {
    String[] ids = text.split(" ", 2);
    return new Cursor(UUID.fromString(ids[0]), ids.length == 1 ? null : UUID.fromString(ids[1]));
  }

  private Response get(Request request) {
    DeliveryDetail detail = requireDetail(request.companyId(), deliveryId(request));
    return Response.ok(
        new DeliveryView.DeliveryDetailView(
            DeliveryView.of(detail.delivery()),
            detail.attempts().stream().map(AttemptView::of).toList(),
            toRequestView(detail)));
  }

  private Response redeliver(Request request) throws InterruptedException {
    long company = request.companyId();
    UUID id = deliveryId(request);
    return switch (engine.redeliver(company, id)) {
      case ManualAttemptResult.Started _, ManualAttemptResult.Completed _ ->
          Response.accepted(loadView(company, id));
      case ManualAttemptResult.Forbidden(var reason) ->
          throw TestSendRoutes.notSendable(reason, company);
      case ManualAttemptResult.Busy _ ->
          throw new ProblemException(
              Problem.conflict(
                  "An attempt of this delivery is running, or another node is about to make one;"
                      + " wait for its end."));
      case ManualAttemptResult.LimitReached _ -> throw TestSendRoutes.tooManyAttempts();
      case ManualAttemptResult.SecretUnreadable _ -> throw EndpointRoutes.unreadableSecret();
      case ManualAttemptResult.NotFound _ -> throw deliveryNotFound(company, id);
    };
  }

  private Response cancel(Request request) throws InterruptedException {
    long company = request.companyId();
    UUID id = deliveryId(request);
    return switch (engine.cancel(company, id)) {
      case CANCELLED -> Response.ok(loadView(company, id));
      case BUSY ->
          throw new ProblemException(
              Problem.conflict(
                  "An attempt of this delivery is running, or another node is about to make one,"
                      + " and it can't be taken back; wait for its end."));
      case ALREADY_ENDED ->
          throw new ProblemException(
              Problem.conflict("This delivery has ended already; there is nothing to cancel."));
      case NOT_FOUND -> throw deliveryNotFound(company, id);
    };
  }

  private DeliveryView loadView(long company, UUID id) {
    return DeliveryView.of(requireDetail(company, id).delivery());
  }

  private DeliveryDetail requireDetail(long company, UUID id) {
    DeliveryDetail detail = repositories.deliveryLog().get(company, id);
    if (detail == null) {
      throw deliveryNotFound(company, id);
    }
    return detail;
  }

  private static UUID deliveryId(Request request) {
    return request.pathId("delivery_id", "delivery");
  }

  private static ProblemException deliveryNotFound(long company, UUID id) {
    return new ProblemException(
        Problem.notFound("Company %d has no delivery %s.".formatted(company, id)));
  }

  private RequestView toRequestView(DeliveryDetail detail) {
    com.poolbrain.webhooks.engine.request.WebhookRequest webhookRequest =
        engine.previewRequest(toClaim(detail));
    if (webhookRequest == null) {
      return new RequestView(null, Map.of(), envelopeBody(detail));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    webhookRequest.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
    return new RequestView(
        webhookRequest.url().toString(),
        headers,
        new String(webhookRequest.body(), StandardCharsets.US_ASCII));
  }

  private static String envelopeBody(DeliveryDetail detail) {
    LoggedDelivery delivery = detail.delivery();
    byte[] body =
        Envelope.write(
            delivery.id(),
            delivery.eventName(),
            delivery.companyId(),
            delivery.occurredAt(),
            detail.event().data());
    return new String(body, StandardCharsets.US_ASCII);
  }

  /// What would be claimed for the next attempt, or was for the last one.
  private static Claim toClaim(DeliveryDetail detail) {
    LoggedDelivery delivery = detail.delivery();
    Event event = detail.event();
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
        event,
        delivery.endpointId(),
        delivery.eventName(),
        delivery.isTest() ? Trigger.TEST : Trigger.AUTOMATIC,
        previousAttempts,
        previousAttempts,
        dueAt == null ? delivery.createdAt() : dueAt);
  }
}
