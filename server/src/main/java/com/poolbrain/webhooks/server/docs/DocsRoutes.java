package com.poolbrain.webhooks.server.docs;

import com.poolbrain.webhooks.events.Catalogue;
import com.poolbrain.webhooks.server.http.Response;
import com.poolbrain.webhooks.server.http.Route;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI document and its readable page. No key is needed.
public final class DocsRoutes {

  private final Response document;
  private final Response page;

  public DocsRoutes(Catalogue catalogue) {
    ObjectNode openApi = OpenApi.document(catalogue);
    document = Response.json(200, new JsonMapper().writeValueAsBytes(openApi));
    page =
        Response.text("text/html; charset=utf-8", new DocsPage(openApi).html())
            .with(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'");
  }

  /// The routes.
  public List<Route> routes() {
    return List.of(
        Route.get("/openapi.json", null, _ -> document), Route.get("/docs", null, _ -> page));
  }
}
