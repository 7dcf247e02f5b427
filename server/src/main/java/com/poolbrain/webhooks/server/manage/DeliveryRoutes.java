package com.poolbrain.webhooks.server.manage;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.Engine;
import com.poolbrain.webhooks.engine.Trial;
import com.poolbrain.webhooks.events.Catalogue;
import com.poolbrain.webhooks.events.Envelope;
import com.poolbrain.webhooks.events.NamedEventType;
import com.poolbrain.webhooks.server.http.Problem;
import com.poolbrain.webhooks.server.http.Query;
import com.poolbrain.webhooks.server.http.Refusal;
import com.poolbrain.webhooks.server.http.Request;
import com.poolbrain.webhooks.server.http.Response;
import com.poolbrain.webhooks.server.http.Route;
import com.poolbrain.webhooks.server.http.Scope;
import com.poolbrain.webhooks.server.manage.DeliveryView.AttemptView;
import com.poolbrain.webhooks.server.manage.DeliveryView.RequestView;
import com.poolbrain.webhooks.store.log.DeliveryDetail;
import com.poolbrain.webhooks.store.log.DeliveryFilter;
import com.poolbrain.webhooks.store.log.LoggedDelivery;
import com.poolbrain.webhooks.store.log.Position;
import com.poolbrain.webhooks.store.log.Slice;
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

  private static final String DELIVERIES = CompanyRoutes.COMPANY + "/deliveries";
  private static final String DELIVERY = DELIVERIES + "/{delivery_id}";
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_SEARCH = 200;
  private static final List<String> STATUSES =
      Arrays.stream(DeliveryStatus.values()).map(DeliveryStatus::word).toList();

  private final Stores stores;
  private final Catalogue catalogue;
  private final Engine engine;

  DeliveryRoutes(Stores stores, Catalogue catalogue, Engine engine) {
    this.stores = stores;
    this.catalogue = catalogue;
    this.engine = engine;
  }

  List<Route> routes() {
    return List.of(
        Route.get(DELIVERIES, Scope.READ, this::list),
        Route.get(DELIVERY, Scope.READ, this::get),
        Route.post(DELIVERY + "/redeliver", Scope.MANAGE, this::redeliver),
        Route.post(DELIVERY + "/cancel", Scope.MANAGE, this::cancel));
  }

  private Response list(Request request) {
    long company = request.companyId();
    Query query = request.query();
    DeliveryFilter filter = filter(query, company);
    Paging<Position> paging = Paging.of(query, "deliveries " + filter, DeliveryRoutes::position);
    query.end();
    CompanyRoutes.require(stores.companies().get(company), company);
    Slice slice = stores.log().list(filter, paging.position(), paging.limit());
    Position next = slice.next();
    return Response.ok(
        new ListView<>(
            slice.deliveries().stream().map(DeliveryView::of).toList(),
            next == null ? null : paging.cursor(text(next))));
  }

  private DeliveryFilter filter(Query query, long company) {
    String status = query.oneOf("status", STATUSES);
    return new DeliveryFilter(
        company,
        status == null ? null : DeliveryStatus.of(status),
        event(query),
        query.id("endpoint_id"),
        query.time("from"),
        query.time("to"),
        query.text("q", LONGEST_SEARCH));
  }

  private @Nullable String event(Query query) {
    String name = query.text("event", LONGEST_NAME);
    if (name == null) {
      return null;
    }
    String known = catalogue.find(name).map(NamedEventType::name).orElse(null);
    if (known == null) {
      query.fault("event", catalogue.unknownSentence(name));
    }
    return known;
  }

  private static String text(Position position) {
    return position.event() == null
        ? position.delivery().toString()
        : position.delivery() + " " + position.event();
  }

  private static Position position(String text) {
    String[] ids = text.split(" ", 2);
    return new Position(UUID.fromString(ids[0]), ids.length == 1 ? null : UUID.fromString(ids[1]));
  }

  private Response get(Request request) {
    DeliveryDetail detail = detail(request.companyId(), id(request));
    return Response.ok(
        new DeliveryView.Whole(
            DeliveryView.of(detail.delivery()),
            detail.attempts().stream().map(AttemptView::of).toList(),
            request(detail)));
  }

  private Response redeliver(Request request) throws InterruptedException {
    long company = request.companyId();
    UUID id = id(request);
    return switch (engine.redeliver(company, id)) {
      case Trial.Started _, Trial.Made _ -> Response.accepted(shown(company, id));
      case Trial.Forbidden(var reason) -> throw TestRoutes.forbidden(reason, company);
      case Trial.Busy _ ->
          throw new Refusal(
              Problem.conflict(
                  "An attempt of this delivery is running, or another node is about to make one;"
                      + " wait for its end."));
      case Trial.TooMany _ -> throw TestRoutes.tooMany();
      case Trial.Unsigned _ -> throw EndpointRoutes.unreadable();
      case Trial.Unknown _ -> throw unknown(company, id);
    };
  }

  private Response cancel(Request request) throws InterruptedException {
    long company = request.companyId();
    UUID id = id(request);
    return switch (engine.cancel(company, id)) {
      case CANCELLED -> Response.ok(shown(company, id));
      case BUSY ->
          throw new Refusal(
              Problem.conflict(
                  "An attempt of this delivery is running, or another node is about to make one,"
                      + " and it can't be taken back; wait for its end."));
      case ENDED ->
          throw new Refusal(
              Problem.conflict("This delivery has ended already; there is nothing to cancel."));
      case UNKNOWN -> throw unknown(company, id);
    };
  }

  private DeliveryView shown(long company, UUID id) {
    return DeliveryView.of(detail(company, id).delivery());
  }

  private DeliveryDetail detail(long company, UUID id) {
    DeliveryDetail detail = stores.log().get(company, id);
    if (detail == null) {
      throw unknown(company, id);
    }
    return detail;
  }

  private static UUID id(Request request) {
    return request.id("delivery_id", "delivery");
  }

  private static Refusal unknown(long company, UUID id) {
    return new Refusal(Problem.notFound("Company %d has no delivery %s.".formatted(company, id)));
  }

  private RequestView request(DeliveryDetail detail) {
    com.poolbrain.webhooks.engine.Request request = engine.preview(claim(detail));
    if (request == null) {
      return new RequestView(null, Map.of(), body(detail));
    }
    Map<String, String> headers = new LinkedHashMap<>();
    request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
    return new RequestView(
        request.url().toString(), headers, new String(request.body(), StandardCharsets.US_ASCII));
  }

  private static String body(DeliveryDetail detail) {
    LoggedDelivery delivery = detail.delivery();
    byte[] body =
        Envelope.write(
            delivery.id(),
            delivery.event(),
            delivery.companyId(),
            delivery.occurredAt(),
            detail.event().data());
    return new String(body, StandardCharsets.US_ASCII);
  }

  /// What would be claimed for the next attempt, or was for the last one.
  private static Claim claim(DeliveryDetail detail) {
    LoggedDelivery delivery = detail.delivery();
    Event event = detail.event();
    boolean ended =
        switch (delivery.status()) {
          case DELIVERED, PERMANENTLY_FAILED, SKIPPED -> true;
          case PENDING, DELIVERING, RETRYING -> false;
        };
    int before = ended ? Math.max(0, delivery.attempts() - 1) : delivery.attempts();
    Instant due = delivery.nextAttemptAt();
    return new Claim(
        delivery.id(),
        event,
        delivery.endpointId(),
        delivery.event(),
        delivery.test() ? Trigger.TEST : Trigger.AUTOMATIC,
        before,
        before,
        due == null ? delivery.createdAt() : due);
  }
}
