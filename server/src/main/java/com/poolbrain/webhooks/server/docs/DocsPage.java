package com.poolbrain.webhooks.server.docs;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.server.http.ProblemType;
import com.poolbrain.webhooks.server.settings.Variable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// The documentation as one page of HTML that needs nothing else.
final class DocsPage {

  private static final JsonMapper PRETTY =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private final JsonNode document;
  private final Html html = new Html();

  DocsPage(JsonNode document) {
    this.document = document;
  }

  String html() {
    String title = document.at("/info/title").asString();
    html.raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .element("title", title)
        .raw("<style>" + css() + "</style></head><body>");
    navigation(title);
    html.raw("<main>").element("h1", title);
    html.raw("<p class=\"lead\">").text(document.at("/info/summary").asString()).raw("</p>");
    html.prose(document.at("/info/description").asString());
    document.get("tags").forEach(this::section);
    webhooks();
    problems();
    errors();
    settings();
    html.raw("<footer>Version ").text(document.at("/info/version").asString());
    html.raw(" · <a href=\"/openapi.json\">openapi.json</a></footer></main></body></html>");
    return html.toString();
  }

  private static String css() {
    try (InputStream in = DocsPage.class.getResourceAsStream("docs.css")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void navigation(String title) {
    html.raw("<nav>").element("strong", title);
    for (JsonNode tag : document.get("tags")) {
      String name = tag.get("name").asString();
      html.element("a href=\"#" + Html.anchor(name) + "\"", name);
    }
    html.raw("<a href=\"#webhooks\">What consumers get</a><a href=\"#problems\">Problems</a>")
        .raw(
            "<a href=\"#error-classes\">Error classes</a><a href=\"#settings\">Settings</a></nav>");
  }

  private void section(JsonNode tag) {
    String name = tag.get("name").asString();
    html.element("h2 id=\"" + Html.anchor(name) + "\"", name);
    html.prose(tag.get("description").asString());
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (operation.getValue().at("/tags/0").asString().equals(name)) {
          operation(operation.getKey(), path.getKey(), operation.getValue());
        }
      }
    }
  }

  private void operation(String method, String path, JsonNode operation) {
    html.raw("<article id=\"" + operation.get("operationId").asString() + "\"><h3>")
        .element("span class=\"method " + method + "\"", method.toUpperCase(Locale.ROOT))
        .element("code", path)
        .raw("</h3><p class=\"summary\">")
        .text(operation.get("summary").asString());
    JsonNode scope = operation.at("/security/0/key/0");
    html.raw("<span class=\"scope\">")
        .text(scope.isMissingNode() ? "no key" : "scope " + scope.asString())
        .raw("</span></p>");
    if (operation.has("description")) {
      html.prose(operation.get("description").asString());
    }
    parameters(operation);
    example("Request", operation.at("/requestBody/content/application~1json/example"));
    for (Map.Entry<String, JsonNode> answer : operation.get("responses").properties()) {
      if (answer.getKey().startsWith("2")) {
        example(
            "Answer " + answer.getKey(),
            answer.getValue().at("/content/application~1json/example"));
      }
    }
    answers(operation.get("responses"));
    html.raw("</article>");
  }

  private void parameters(JsonNode operation) {
    if (!operation.has("parameters")) {
      return;
    }
    html.raw("<table>");
    for (JsonNode given : operation.get("parameters")) {
      JsonNode parameter = resolved(given);
      html.raw("<tr>")
          .element("td class=\"name\"", parameter.get("name").asString())
          .element("td", parameter.get("in").asString())
          .raw("<td>")
          .marked(parameter.path("description").asString(""))
          .raw("</td></tr>");
    }
    html.raw("</table>");
  }

  private void answers(JsonNode responses) {
    html.raw("<table>");
    for (Map.Entry<String, JsonNode> answer : responses.properties()) {
      html.raw("<tr>")
          .element("td class=\"name\"", answer.getKey())
          .raw("<td>")
          .marked(resolved(answer.getValue()).get("description").asString())
          .raw("</td></tr>");
    }
    html.raw("</table>");
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
  }

  private void example(String title, JsonNode example) {
    if (!example.isMissingNode()) {
      html.raw("<details><summary>").text(title).raw("</summary>");
      html.element("pre", PRETTY.writeValueAsString(example)).raw("</details>");
    }
  }

  private void webhooks() {
    html.raw("<h2 id=\"webhooks\">What consumers get</h2>")
        .prose(
            "A `POST` to the endpoint's URL for each event that it selected. Any 2xx acknowledges;"
                + " anything else is tried again on schedule.");
    for (Map.Entry<String, JsonNode> webhook : document.get("webhooks").properties()) {
      JsonNode post = webhook.getValue().get("post");
      html.raw("<article id=\"" + Html.anchor(webhook.getKey()) + "\"><h3>")
          .element("code", webhook.getKey())
          .raw("</h3>")
          .prose(post.get("summary").asString())
          .prose(post.get("description").asString());
      for (Map.Entry<String, JsonNode> example :
          post.at("/requestBody/content/application~1json/examples").properties()) {
        example("Body, " + example.getKey(), example.getValue().get("value"));
      }
      html.raw("</article>");
    }
  }

  private void problems() {
    html.raw("<h2 id=\"problems\">Problems</h2>")
        .prose(
            "Errors are `application/problem+json` (RFC 9457). `detail` says what to do, `errors`"
                + " names each wrong field by its JSON pointer.")
        .raw("<table>");
    for (ProblemType type : ProblemType.values()) {
      html.raw("<tr id=\"" + type.uri().substring(type.uri().indexOf('#') + 1) + "\">")
          .element("td class=\"name\"", Integer.toString(type.status()))
          .element("td", type.title())
          .raw("</tr>");
    }
    html.raw("</table>");
  }

  private void errors() {
    html.raw("<h2 id=\"error-classes\">Error classes of an attempt</h2><table>");
    for (ErrorClass error : ErrorClass.values()) {
      html.raw("<tr>")
          .element("td class=\"name\"", error.word())
          .element("td", error.meaning())
          .raw("</tr>");
    }
    html.raw("</table>");
  }

  private void settings() {
    html.raw("<h2 id=\"settings\">Settings</h2>")
        .prose(
            "Environment variables; or the same names lower-case with dots in a properties file"
                + " that `WEBHOOKS_CONFIG` names.")
        .raw("<table>");
    for (Variable variable : Variable.values()) {
      html.raw("<tr>")
          .element("td class=\"name\"", variable.variable())
          .element("td", variable.otherwise())
          .element("td", variable.about())
          .raw("</tr>");
    }
    html.raw("</table>");
  }
}
