package com.poolbrain.webhooks.api.manage;

import static com.poolbrain.webhooks.api.access.ApiRequests.principal;

import com.poolbrain.webhooks.api.access.OperationAccess;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.management.EventTypeManagement;
import com.poolbrain.webhooks.management.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Routes of the catalogue of event types.
public final class EventTypeRoutes {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String EVENT_TYPES_PATH = "/api/v1/event-types";

  private final EventTypeManagement eventTypes;

  public EventTypeRoutes(EventTypeManagement eventTypes) {
    this.eventTypes = eventTypes;
  }

  public List<HttpRoute> routes() {
    var access = OperationAccess.to(Operation.READ_EVENT_TYPES);
    return List.of(
        HttpRoute.get(EVENT_TYPES_PATH, access, this::list),
        HttpRoute.get(EVENT_TYPES_PATH + "/{name}", access, this::get));
  }

  private Response list(Request request) {
    request.queryParams().rejectInvalid();
    return Response.ok(
        new ListView<>(
            eventTypes.list(principal(request)).stream().map(EventTypeView::of).toList(), null));
  }

  private Response get(Request request) {
    return Response.ok(
        EventTypeView.of(eventTypes.get(principal(request), request.pathVariable("name"))));
  }

  /// An event type as the API shows it.
  record EventTypeView(
      String name,
      String description,
      String category,
      boolean grouped,
      boolean subscribable,
      List<String> aliases,
      JsonNode schema,
      Samples samples) {

    static EventTypeView of(EventTypeDefinition type) {
      String grouped = type.samples().grouped();
      return new EventTypeView(
          type.name(),
          type.description(),
          type.category(),
          type.mayBeGrouped(),
          type.mayBeSubscribed(),
          type.aliases(),
          JSON.readTree(type.schema().json()),
          new Samples(
              JSON.readTree(type.samples().single()),
              grouped == null ? null : JSON.readTree(grouped)));
    }
  }

  /// Samples of `data`: of one item, and of several in one envelope.
  record Samples(JsonNode single, @Nullable JsonNode grouped) {}
}
