package com.poolbrain.webhooks.api.docs;

import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.Route;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI document and its readable page, written when somebody first asks for one. No key is
/// needed.
public final class DocsRoutes {

  private final Supplier<RenderedDocs> rendered;

  /// Both, which never change while the process runs.
  private record RenderedDocs(Response document, Response page) {}

  /// @param settings what the page lists as settings of the service
  public DocsRoutes(EventCatalogue eventCatalogue, List<SettingDescription> settings) {
    rendered = new Lazy<>(() -> render(eventCatalogue, settings));
  }

  /// The routes.
  public List<Route> routes() {
    return List.of(
        Route.get("/openapi.json", null, _ -> rendered.get().document()),
        Route.get("/docs", null, _ -> rendered.get().page()));
  }

  private static RenderedDocs render(
      EventCatalogue eventCatalogue, List<SettingDescription> settings) {
    ObjectNode openApi = OpenApiDocument.create(eventCatalogue);
    return new RenderedDocs(
        Response.json(200, new JsonMapper().writeValueAsBytes(openApi)),
        Response.text("text/html; charset=utf-8", new DocsPage(openApi, settings).html())
            .withHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"));
  }
}
