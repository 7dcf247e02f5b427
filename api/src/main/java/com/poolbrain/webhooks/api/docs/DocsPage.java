package com.poolbrain.webhooks.api.docs;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.http.ProblemType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
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
  private final List<SettingDescription> settings;
  private final HtmlWriter htmlWriter = new HtmlWriter();

  DocsPage(JsonNode document, List<SettingDescription> settings) {
    this.document = document;
    this.settings = settings;
  }

  String html() {
    String title = document.at("/info/title").asString();
    htmlWriter
        .raw("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">")
        .raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")
        .element("title", title)
        .raw("<style>" + loadCss() + "</style></head><body>");
    navigation(title);
    htmlWriter.raw("<main>").element("h1", title);
    htmlWriter.raw("<p class=\"lead\">").text(document.at("/info/summary").asString()).raw("</p>");
    htmlWriter.prose(document.at("/info/description").asString());
    document.get("tags").forEach(this::section);
    webhooks();
    problems();
    errorClasses();
    settings();
    htmlWriter.raw("<footer>Version ").text(document.at("/info/version").asString());
    htmlWriter.raw(" · <a href=\"/openapi.json\">openapi.json</a></footer></main></body></html>");
    return htmlWriter.toString();
  }

  private static String loadCss() {
    try (InputStream in = DocsPage.class.getResourceAsStream("docs.css")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void navigation(String title) {
    htmlWriter.raw("<nav>").element("strong", title);
    for (JsonNode tag : document.get("tags")) {
      String name = tag.get("name").asString();
      htmlWriter.element("a href=\"#" + HtmlWriter.anchor(name) + "\"", name);
    }
    htmlWriter
        .raw("<a href=\"#webhooks\">What consumers get</a><a href=\"#problems\">Problems</a>")
        .raw(
            "<a href=\"#error-classes\">Error classes</a><a href=\"#settings\">Settings</a></nav>");
  }

  private void section(JsonNode tag) {
    String name = tag.get("name").asString();
    htmlWriter.element("h2 id=\"" + HtmlWriter.anchor(name) + "\"", name);
    htmlWriter.prose(tag.get("description").asString());
    for (Map.Entry<String, JsonNode> path : document.get("paths").properties()) {
      for (Map.Entry<String, JsonNode> operation : path.getValue().properties()) {
        if (operation.getValue().at("/tags/0").asString().equals(name)) {
          operation(operation.getKey(), path.getKey(), operation.getValue());
        }
      }
    }
  }

  private void operation(String method, String path, JsonNode operation) {
    htmlWriter
        .raw("<article id=\"" + operation.get("operationId").asString() + "\"><h3>")
        .element("span class=\"method " + method + "\"", method.toUpperCase(Locale.ROOT))
        .element("code", path)
        .raw("</h3><p class=\"summary\">")
        .text(operation.get("summary").asString());
    JsonNode scope = operation.at("/security/0/key/0");
    htmlWriter
        .raw("<span class=\"scope\">")
        .text(scope.isMissingNode() ? "no key" : "scope " + scope.asString())
        .raw("</span></p>");
    if (operation.has("description")) {
      htmlWriter.prose(operation.get("description").asString());
    }
    parameters(operation);
    example("Request", operation.at("/requestBody/content/application~1json/example"));
    for (Map.Entry<String, JsonNode> response : operation.get("responses").properties()) {
      if (response.getKey().startsWith("2")) {
        example(
            "Answer " + response.getKey(),
            response.getValue().at("/content/application~1json/example"));
      }
    }
    responses(operation.get("responses"));
    htmlWriter.raw("</article>");
  }

  private void parameters(JsonNode operation) {
    if (!operation.has("parameters")) {
      return;
    }
    htmlWriter.raw("<table>");
    for (JsonNode unresolved : operation.get("parameters")) {
      JsonNode parameter = resolve(unresolved);
      htmlWriter
          .raw("<tr>")
          .element("td class=\"name\"", parameter.get("name").asString())
          .element("td", parameter.get("in").asString())
          .raw("<td>")
          .textWithCode(parameter.path("description").asString(""))
          .raw("</td></tr>");
    }
    htmlWriter.raw("</table>");
  }

  private void responses(JsonNode responses) {
    htmlWriter.raw("<table>");
    for (Map.Entry<String, JsonNode> response : responses.properties()) {
      htmlWriter
          .raw("<tr>")
          .element("td class=\"name\"", response.getKey())
          .raw("<td>")
          .textWithCode(resolve(response.getValue()).get("description").asString())
          .raw("</td></tr>");
    }
    htmlWriter.raw("</table>");
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
  }

  private void example(String title, JsonNode example) {
    if (!example.isMissingNode()) {
      htmlWriter.raw("<details><summary>").text(title).raw("</summary>");
      htmlWriter.element("pre", PRETTY.writeValueAsString(example)).raw("</details>");
    }
  }

  private void webhooks() {
    htmlWriter
        .raw("<h2 id=\"webhooks\">What consumers get</h2>")
        .prose(
            "A `POST` to the endpoint's URL for each event that it selected. Any 2xx acknowledges;"
                + " anything else is tried again on schedule.");
    for (Map.Entry<String, JsonNode> webhook : document.get("webhooks").properties()) {
      JsonNode post = webhook.getValue().get("post");
      htmlWriter
          .raw("<article id=\"" + HtmlWriter.anchor(webhook.getKey()) + "\"><h3>")
          .element("code", webhook.getKey())
          .raw("</h3>")
          .prose(post.get("summary").asString())
          .prose(post.get("description").asString());
      for (Map.Entry<String, JsonNode> example :
          post.at("/requestBody/content/application~1json/examples").properties()) {
        example("Body, " + example.getKey(), example.getValue().get("value"));
      }
      htmlWriter.raw("</article>");
    }
  }

  private void problems() {
    htmlWriter
        .raw("<h2 id=\"problems\">Problems</h2>")
        .prose(
            "Errors are `application/problem+json` (RFC 9457). `detail` says what to do, `errors`"
                + " names each wrong field by its JSON pointer.")
        .raw("<table>");
    for (ProblemType problemType : ProblemType.values()) {
      htmlWriter
          .raw(
              "<tr id=\"" + problemType.uri().substring(problemType.uri().indexOf('#') + 1) + "\">")
          .element("td class=\"name\"", Integer.toString(problemType.status()))
          .element("td", problemType.title())
          .raw("</tr>");
    }
    htmlWriter.raw("</table>");
  }

  private void errorClasses() {
    htmlWriter.raw("<h2 id=\"error-classes\">Error classes of an attempt</h2><table>");
    for (ErrorClass error : ErrorClass.values()) {
      htmlWriter
          .raw("<tr>")
          .element("td class=\"name\"", error.wireName())
          .element("td", error.description())
          .raw("</tr>");
    }
    htmlWriter.raw("</table>");
  }

  private void settings() {
    htmlWriter
        .raw("<h2 id=\"settings\">Settings</h2>")
        .prose(
            "Environment variables; or the same names lower-case with dots in a properties file"
                + " that `WEBHOOKS_CONFIG` names.")
        .raw("<table>");
    for (SettingDescription setting : settings) {
      htmlWriter
          .raw("<tr>")
          .element("td class=\"name\"", setting.name())
          .element("td", setting.defaultValue())
          .element("td", setting.description())
          .raw("</tr>");
    }
    htmlWriter.raw("</table>");
  }
}
