package com.poolbrain.webhooks.api.manage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.events.ResolvedEventType;
import com.poolbrain.webhooks.http.Problem;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.Route;
import com.poolbrain.webhooks.management.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The catalogue of event types.
public final class EventTypeRoutes {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String EVENT_TYPES_PATH = "/api/v1/event-types";

  private final EventCatalogue eventCatalogue;

  public EventTypeRoutes(EventCatalogue eventCatalogue) {
    this.eventCatalogue = eventCatalogue;
  }

  /// The routes, which every key that may read can call.
  public List<Route> routes() {
    return List.of(
        Route.get(EVENT_TYPES_PATH, Scope.READ, this::list).withCompanyKeysAllowed(),
        Route.get(EVENT_TYPES_PATH + "/{name}", Scope.READ, this::get).withCompanyKeysAllowed());
  }

  private Response list(Request request) {
    request.queryParams().rejectInvalid();
    return Response.ok(
        new EventTypeListView(
            eventCatalogue.types().stream().map(EventTypeView::of).toList(), null));
  }

  private Response get(Request request) {
    String name = request.pathVariable("name");
    return eventCatalogue
        .find(name)
        .map(ResolvedEventType::type)
        .map(type -> Response.ok(EventTypeView.of(type)))
        .orElseGet(() -> Response.of(Problem.notFound(eventCatalogue.explainUnknown(name))));
  }

  /// The whole list, which has no other parts.
  record EventTypeListView(
      List<EventTypeView> data,
      @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String nextCursor) {}

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

  /// What `data` looks like.
  record Samples(JsonNode single, @Nullable JsonNode grouped) {}
}
