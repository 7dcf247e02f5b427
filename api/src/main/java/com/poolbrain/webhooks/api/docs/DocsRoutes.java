package com.poolbrain.webhooks.api.docs;

import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.Response;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemException;
import com.poolbrain.webhooks.management.eventtype.EventTypeRegistry;
import com.poolbrain.webhooks.site.DocsSite;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Routes of the documentation and of the contracts: OpenAPI, AsyncAPI, JSON Schemas, and a Postman
/// collection. They need no API key. All are rendered at the first request, because rendering takes
/// longer than a start should, and again after an event type was changed.
public final class DocsRoutes {

  private static final String TEMPLATE_PACKAGE = "com.poolbrain.webhooks.api";
  private static final JsonMapper JSON = new JsonMapper();

  private final EventTypeRegistry eventTypes;
  private final List<SettingDescription> settings;
  private @Nullable RenderedDocs rendered;

  /// @param schemas schema of the body of each event type, by its name
  private record RenderedDocs(
      EventCatalogue catalogue,
      Response openApi,
      Response asyncApi,
      Response postman,
      Map<String, Response> schemas,
      Response page) {}

  /// @param settings settings of the service that the page lists
  public DocsRoutes(EventTypeRegistry eventTypes, List<SettingDescription> settings) {
    this.eventTypes = eventTypes;
    this.settings = List.copyOf(settings);
  }

  /// The routes.
  public List<HttpRoute> routes() {
    return List.of(
        HttpRoute.get("/openapi.json", null, _ -> rendered().openApi()),
        HttpRoute.get("/docs/openapi.json", null, _ -> rendered().openApi()),
        HttpRoute.get("/docs/asyncapi.json", null, _ -> rendered().asyncApi()),
        HttpRoute.get("/docs/postman.json", null, _ -> rendered().postman()),
        HttpRoute.get("/docs/schemas/{event}", null, this::getSchema),
        HttpRoute.get("/docs", null, _ -> rendered().page()),
        HttpRoute.get("/docs/{page}", null, request -> getFile(request.pathVariable("page"))),
        HttpRoute.get(
            "/docs/{folder}/{file}",
            null,
            request ->
                getFile(request.pathVariable("folder") + "/" + request.pathVariable("file"))));
  }

  private Response getSchema(Request request) {
    RenderedDocs docs = rendered();
    String name = request.pathVariable("event");
    return docs.catalogue()
        .find(name)
        .map(found -> docs.schemas().get(found.type().name()))
        .orElseThrow(
            () -> new ProblemException(Problem.notFound(docs.catalogue().explainUnknown(name))));
  }

  private static Response getFile(String path) {
    return DocsSite.find(path)
        .map(file -> withContentPolicy(new Response(200, file.type(), file.content(), Map.of())))
        .orElseThrow(() ->
            new ProblemException(
                Problem.notFound("There is no " + Problem.shorten(path) + " in /docs.")));
  }

  private static Response withContentPolicy(Response response) {
    return response.withHeader(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; frame-ancestors 'none'");
  }

  private synchronized RenderedDocs rendered() {
    EventCatalogue catalogue = eventTypes.catalogue();
    if (rendered == null || rendered.catalogue() != catalogue) {
      rendered = render(catalogue);
    }
    return rendered;
  }

  private RenderedDocs render(EventCatalogue catalogue) {
    ObjectNode openApi = OpenApiDocument.create(catalogue);
    var html = new StringOutput();
    TemplateEngine.createPrecompiled(
            null, ContentType.Html, DocsRoutes.class.getClassLoader(), TEMPLATE_PACKAGE)
        .render("docs/page.jte", DocsModel.read(openApi, settings), html);
    return new RenderedDocs(
        catalogue,
        json(openApi),
        json(AsyncApiDocument.create(catalogue)),
        json(PostmanCollection.create(openApi, catalogue)),
        catalogue.types().stream()
            .map(WebhookMessage::new)
            .collect(Collectors.toMap(WebhookMessage::name, message -> json(message.document()))),
        withContentPolicy(Response.text("text/html; charset=utf-8", html.toString())));
  }

  private static Response json(ObjectNode document) {
    return Response.json(200, JSON.writeValueAsBytes(document));
  }
}
