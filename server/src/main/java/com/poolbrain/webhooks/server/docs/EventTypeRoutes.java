package com.poolbrain.webhooks.server.docs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.poolbrain.webhooks.events.Catalogue;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.events.NamedEventType;
import com.poolbrain.webhooks.server.http.Problem;
import com.poolbrain.webhooks.server.http.Request;
import com.poolbrain.webhooks.server.http.Response;
import com.poolbrain.webhooks.server.http.Route;
import com.poolbrain.webhooks.server.http.Scope;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The catalogue of event types.
public final class EventTypeRoutes {

  private static final JsonMapper JSON = new JsonMapper();
  private static final String EVENT_TYPES = "/api/v1/event-types";

  private final Catalogue catalogue;

  public EventTypeRoutes(Catalogue catalogue) {
    this.catalogue = catalogue;
  }

  /// The routes, which every key that may read can call.
  public List<Route> routes() {
    return List.of(
        Route.get(EVENT_TYPES, Scope.READ, this::list).openToBoundKeys(),
        Route.get(EVENT_TYPES + "/{name}", Scope.READ, this::show).openToBoundKeys());
  }

  private Response list(Request request) {
    request.query().end();
    return Response.ok(new Whole(catalogue.types().stream().map(EventTypeView::of).toList(), null));
  }

  private Response show(Request request) {
    String name = request.variable("name");
    return catalogue
        .find(name)
        .map(NamedEventType::type)
        .map(type -> Response.ok(EventTypeView.of(type)))
        .orElseGet(() -> Response.of(Problem.notFound(catalogue.unknownSentence(name))));
  }

  /// The whole list, which has no other parts.
  record Whole(
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
          type.maySubscribe(),
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
