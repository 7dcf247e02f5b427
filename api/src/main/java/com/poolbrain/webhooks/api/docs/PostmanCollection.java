package com.poolbrain.webhooks.api.docs;

import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A collection of Postman's format 2.1: a folder for each tag of the OpenAPI document, and one
/// whose requests are signed webhooks for a consumer
/// ([schema](https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html)).
final class PostmanCollection {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  private static final String FORMAT =
      "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

  /// Values that a user fills in, with what `./webhooks demo` and `./webhooks listen` start with.
  private static final Map<String, String> VARIABLES =
      new TreeMap<>(
          Map.of(
              "url", "http://127.0.0.1:8080",
              "key", "",
              "endpoint_url", "https://localhost:8443/",
              "endpoint_secret", ""));

  /// Signs the body as it is sent, with an id of its own.
  private static final List<String> SIGN =
      List.of(
          "const body = pm.variables.replaceIn(pm.request.body.raw);",
          "pm.request.body.update({mode: 'raw', raw: body});",
          "const mac = CryptoJS.HmacSHA256(body, pm.variables.get('endpoint_secret'));",
          "pm.request.headers.upsert({key: 'X-Webhook-Signature', value: mac.toString()});");

  private static final List<String> EXPECT_2XX =
      List.of("pm.test('acknowledged', () => pm.expect(pm.response.code).to.be.within(200, 299));");

  private final JsonNode openApi;

  private PostmanCollection(JsonNode openApi) {
    this.openApi = openApi;
  }

  /// The collection of an OpenAPI document and the catalogue that it was made of.
  static ObjectNode create(JsonNode openApi, EventCatalogue eventCatalogue) {
    return new PostmanCollection(openApi).collection(eventCatalogue);
  }

  private ObjectNode collection(EventCatalogue eventCatalogue) {
    ObjectNode collection = JSON.createObjectNode();
    JsonNode info = openApi.get("info");
    collection
        .putObject("info")
        .put("name", info.get("title").asString())
        .put("description", info.get("description").asString())
        .put("version", info.get("version").asString())
        .put("schema", FORMAT);
    ObjectNode auth = collection.putObject("auth").put("type", "bearer");
    auth.putArray("bearer")
        .addObject()
        .put("key", "token")
        .put("value", "{{key}}")
        .put("type", "string");
    ArrayNode variables = collection.putArray("variable");
    VARIABLES.forEach((key, value) -> variables.addObject().put("key", key).put("value", value));
    ArrayNode folders = collection.putArray("item");
    for (JsonNode tag : openApi.get("tags")) {
      ObjectNode folder = folders.addObject().put("name", tag.get("name").asString());
      folder.put("description", tag.get("description").asString());
      addCalls(folder.putArray("item"), tag.get("name").asString());
    }
    addWebhooks(folders.addObject(), eventCatalogue);
    return collection;
  }

  private void addCalls(ArrayNode items, String tag) {
    for (var path : openApi.get("paths").properties()) {
      for (var method : path.getValue().properties()) {
        JsonNode operation = method.getValue();
        if (operation.at("/tags/0").asString().equals(tag)) {
          ObjectNode item = items.addObject().put("name", operation.get("summary").asString());
          item.set("request", call(method.getKey(), path.getKey(), operation));
        }
      }
    }
  }

  private ObjectNode call(String method, String path, JsonNode operation) {
    ObjectNode request = JSON.createObjectNode().put("method", method.toUpperCase(Locale.ROOT));
    request.put("description", operation.path("description").asString());
    if (operation.get("security").isEmpty()) {
      request.putObject("auth").put("type", "noauth");
    }
    JsonNode example = operation.at("/requestBody/content/application~1json/example");
    ArrayNode headers = request.putArray("header");
    if (!example.isMissingNode()) {
      addBody(request, headers, JSON.writeValueAsString(example));
    }
    ObjectNode url = request.putObject("url");
    List<String> segments = segments(path);
    url.put("raw", "{{url}}/" + String.join("/", segments)).putArray("host").add("{{url}}");
    ArrayNode pathSegments = url.putArray("path");
    segments.forEach(pathSegments::add);
    for (JsonNode unresolved : operation.path("parameters")) {
      JsonNode parameter = resolve(unresolved);
      switch (parameter.get("in").asString()) {
        case "path" -> describe(url.withArray("variable").addObject(), parameter);
        case "query" ->
            describe(url.withArray("query").addObject().put("disabled", true), parameter);
        case "header" -> describe(headers.addObject().put("disabled", true), parameter);
        default -> throw new IllegalArgumentException("Unknown place: " + parameter);
      }
    }
    return request;
  }

  /// Postman writes `:id` for the `{id}` of OpenAPI.
  private static List<String> segments(String path) {
    return Arrays.stream(path.substring(1).split("/"))
        .map(segment -> segment.replaceFirst("^\\{(.*)}$", ":$1"))
        .toList();
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? openApi.at(node.get("$ref").asString().substring(1)) : node;
  }

  private static void describe(ObjectNode target, JsonNode parameter) {
    target
        .put("key", parameter.get("name").asString())
        .put("value", parameter.path("example").asString(""))
        .put("description", parameter.path("description").asString(""));
  }

  private static void addBody(ObjectNode request, ArrayNode headers, String json) {
    headers.addObject().put("key", "Content-Type").put("value", "application/json");
    ObjectNode body = request.putObject("body").put("mode", "raw").put("raw", json);
    body.putObject("options").putObject("raw").put("language", "json");
  }

  private static void addWebhooks(ObjectNode folder, EventCatalogue eventCatalogue) {
    folder
        .put("name", "Signed webhooks")
        .put(
            "description",
            "Posts a sample of each event to `endpoint_url`, signed with `endpoint_secret` as the"
                + " service signs it.");
    folder.putObject("auth").put("type", "noauth");
    ArrayNode scripts = folder.putArray("event");
    addScript(scripts, "prerequest", SIGN);
    addScript(scripts, "test", EXPECT_2XX);
    ArrayNode items = folder.putArray("item");
    for (EventTypeDefinition type : eventCatalogue.types()) {
      for (WebhookMessage.Sample sample : new WebhookMessage(type).samples()) {
        ObjectNode item = items.addObject().put("name", type.name() + ", " + sample.name());
        item.set("request", webhook(type.name(), sample.body()));
      }
    }
  }

  private static void addScript(ArrayNode scripts, String when, List<String> lines) {
    ObjectNode script =
        scripts.addObject().put("listen", when).putObject("script").put("type", "text/javascript");
    lines.forEach(script.putArray("exec")::add);
  }

  private static ObjectNode webhook(String event, ObjectNode body) {
    ObjectNode request = JSON.createObjectNode().put("method", "POST");
    ArrayNode headers = request.putArray("header");
    headers.addObject().put("key", "X-Webhook-Event").put("value", event);
    headers.addObject().put("key", "X-Webhook-Event-Id").put("value", "{{$guid}}");
    headers.addObject().put("key", "X-Webhook-Attempt").put("value", "1");
    addBody(request, headers, JSON.writeValueAsString(body.put("id", "{{$guid}}")));
    request.put("url", "{{endpoint_url}}");
    return request;
  }
}
