package com.poolbrain.webhooks.api.docs;

import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Routes of the OpenAPI document and the documentation page. They need no API key. Both are
/// rendered at the first request, because rendering takes longer than a start should, and again
/// after an event type was changed.
public final class DocsRoutes {

  private static final String TEMPLATE_PACKAGE = "com.poolbrain.webhooks.api";

  private final EventTypeRegistry eventTypes;
  private final List<SettingDescription> settings;
  private @Nullable RenderedDocs rendered;

  private record RenderedDocs(EventCatalogue catalogue, Response document, Response page) {}

  /// @param settings settings of the service that the page lists
  public DocsRoutes(EventTypeRegistry eventTypes, List<SettingDescription> settings) {
    this.eventTypes = eventTypes;
    this.settings = List.copyOf(settings);
  }

  /// The routes.
  public List<HttpRoute> routes() {
    return List.of(
        HttpRoute.get("/openapi.json", null, this::getDocument),
        HttpRoute.get("/docs/openapi.json", null, this::getDocument),
        HttpRoute.get("/docs", null, this::getPage));
  }

  private Response getDocument(Request request) {
    return rendered().document();
  }

  private Response getPage(Request request) {
    return rendered().page();
  }

  private synchronized RenderedDocs rendered() {
    EventCatalogue catalogue = eventTypes.catalogue();
    if (rendered == null || rendered.catalogue() != catalogue) {
      rendered = render(catalogue);
    }
    return rendered;
  }

  private RenderedDocs render(EventCatalogue catalogue) {
    ObjectNode document = OpenApiDocument.create(catalogue);
    var html = new StringOutput();
    TemplateEngine.createPrecompiled(
            null, ContentType.Html, DocsRoutes.class.getClassLoader(), TEMPLATE_PACKAGE)
        .render("docs/page.jte", DocsModel.read(document, settings), html);
    return new RenderedDocs(
        catalogue,
        Response.json(200, new JsonMapper().writeValueAsBytes(document)),
        Response.text("text/html; charset=utf-8", html.toString())
            .withHeader(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"));
  }
}
