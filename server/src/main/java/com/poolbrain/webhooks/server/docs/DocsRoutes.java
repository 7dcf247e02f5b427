package com.poolbrain.webhooks.server.docs;

import com.poolbrain.webhooks.events.Catalogue;
import com.poolbrain.webhooks.server.http.Response;
import com.poolbrain.webhooks.server.http.Route;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI document and its readable page, written when somebody first asks for one. No key is
/// needed.
public final class DocsRoutes {

  private final Supplier<Written> written;

  /// Both, which never change while the process runs.
  private record Written(Response document, Response page) {}

  public DocsRoutes(Catalogue catalogue) {
    written = new Once<>(() -> write(catalogue));
  }

  /// The routes.
  public List<Route> routes() {
    return List.of(
        Route.get("/openapi.json", null, _ -> written.get().document()),
        Route.get("/docs", null, _ -> written.get().page()));
  }

  private static Written write(Catalogue catalogue) {
    ObjectNode openApi = OpenApi.document(catalogue);
    return new Written(
        Response.json(200, new JsonMapper().writeValueAsBytes(openApi)),
        Response.text("text/html; charset=utf-8", new DocsPage(openApi).html())
            .with(
                "Content-Security-Policy",
                "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"));
  }
}
