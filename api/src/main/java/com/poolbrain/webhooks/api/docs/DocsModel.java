package com.poolbrain.webhooks.api.docs;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.http.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Content of the documentation page, read from the OpenAPI document. In descriptions an empty line
/// separates paragraphs, and backticks enclose code.
record DocsModel(
    String title,
    String summary,
    String description,
    String version,
    List<Section> sections,
    List<Webhook> webhooks,
    List<ProblemType> problemTypes,
    List<ErrorClass> errorClasses,
    List<SettingDescription> settings) {

  /// The operations of one tag.
  record Section(String name, String description, List<Operation> operations) {
    String anchor() {
      return toAnchor(name);
    }
  }

  /// A method of a path.
  ///
  /// @param access the scope that an API key needs
  record Operation(
      String id,
      String method,
      String path,
      String summary,
      String access,
      String description,
      List<Parameter> parameters,
      List<Example> examples,
      List<ResponseStatus> responses) {}

  record Parameter(String name, String location, String description) {}

  record ResponseStatus(String status, String description) {}

  /// A request or response body.
  record Example(String title, String json) {}

  /// An event type, as endpoints receive it.
  record Webhook(String name, String summary, String description, List<Example> examples) {
    String anchor() {
      return toAnchor(name);
    }
  }

  private static String toAnchor(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }

  static DocsModel read(JsonNode document, List<SettingDescription> settings) {
    return new Reader(document).read(settings);
  }

  private record Reader(JsonNode document) {

    private static final JsonMapper PRETTY =
        JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
    private static final String JSON_CONTENT = "/content/application~1json";

    DocsModel read(List<SettingDescription> settings) {
      return new DocsModel(
          document.at("/info/title").asString(),
          document.at("/info/summary").asString(),
          document.at("/info/description").asString(),
          document.at("/info/version").asString(),
          document.get("tags").valueStream().map(this::section).toList(),
          document.get("webhooks").propertyStream().map(Reader::webhook).toList(),
          List.of(ProblemType.values()),
          List.of(ErrorClass.values()),
          settings);
    }

    private Section section(JsonNode tag) {
      String name = tag.get("name").asString();
      var operations = new ArrayList<Operation>();
      for (var path : document.get("paths").properties()) {
        for (var method : path.getValue().properties()) {
          if (method.getValue().at("/tags/0").asString().equals(name)) {
            operations.add(operation(method.getKey(), path.getKey(), method.getValue()));
          }
        }
      }
      return new Section(name, tag.get("description").asString(), operations);
    }

    private Operation operation(String method, String path, JsonNode operation) {
      String scopes =
          operation
              .get("security")
              .valueStream()
              .map(alternative -> alternative.at("/key/0").asString())
              .collect(Collectors.joining(" or "));
      return new Operation(
          operation.get("operationId").asString(),
          method,
          path,
          operation.get("summary").asString(),
          scopes.isEmpty() ? "no API key" : "scope " + scopes,
          operation.path("description").asString(),
          operation.path("parameters").valueStream().map(this::parameter).toList(),
          examples(operation),
          operation.get("responses").propertyStream().map(this::response).toList());
    }

    private Parameter parameter(JsonNode unresolved) {
      JsonNode parameter = resolve(unresolved);
      return new Parameter(
          parameter.get("name").asString(),
          parameter.get("in").asString(),
          parameter.path("description").asString());
    }

    private ResponseStatus response(Map.Entry<String, JsonNode> response) {
      return new ResponseStatus(
          response.getKey(), resolve(response.getValue()).get("description").asString());
    }

    private JsonNode resolve(JsonNode node) {
      return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
    }

    private static List<Example> examples(JsonNode operation) {
      var examples = new ArrayList<Example>();
      addExample(examples, "Request", operation.at("/requestBody" + JSON_CONTENT + "/example"));
      for (var response : operation.get("responses").properties()) {
        if (response.getKey().startsWith("2")) {
          addExample(
              examples,
              "Response " + response.getKey(),
              response.getValue().at(JSON_CONTENT + "/example"));
        }
      }
      return examples;
    }

    private static void addExample(List<Example> examples, String title, JsonNode example) {
      if (!example.isMissingNode()) {
        examples.add(new Example(title, PRETTY.writeValueAsString(example)));
      }
    }

    private static Webhook webhook(Map.Entry<String, JsonNode> webhook) {
      JsonNode post = webhook.getValue().get("post");
      var examples = new ArrayList<Example>();
      for (var example : post.at("/requestBody" + JSON_CONTENT + "/examples").properties()) {
        addExample(examples, "Body, " + example.getKey(), example.getValue().get("value"));
      }
      return new Webhook(
          webhook.getKey(),
          post.get("summary").asString(),
          post.get("description").asString(),
          examples);
    }
  }
}
