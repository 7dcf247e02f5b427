package com.poolbrain.webhooks.server.matrix;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI document of the running service: its operations, and what it says about responses.
final class ApiDocument {

  private static final Pattern PATH_VARIABLE = Pattern.compile("\\{([a-z_]+)}");
  private static final SchemaRegistry SCHEMAS =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

  /// An operation.
  ///
  /// @param path with variables in braces
  /// @param scopes one of which a key needs; empty if no key is needed
  /// @param statuses of documented responses
  record Operation(
      String id,
      String method,
      String path,
      Set<String> scopes,
      Set<Integer> statuses,
      JsonNode described) {

    List<String> pathVariables() {
      return PATH_VARIABLE.matcher(path).results().map(match -> match.group(1)).toList();
    }

    @Override
    public String toString() {
      return id;
    }
  }

  private final JsonNode document;
  private final Map<JsonNode, Schema> models = new HashMap<>();

  ApiDocument(JsonNode document) {
    this.document = document;
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    for (var path : document.get("paths").properties()) {
      for (var method : path.getValue().properties()) {
        JsonNode described = method.getValue();
        Set<Integer> statuses = new TreeSet<>();
        described.get("responses").propertyNames().forEach(s -> statuses.add(Integer.valueOf(s)));
        operations.add(
            new Operation(
                described.get("operationId").asString(),
                method.getKey().toUpperCase(Locale.ROOT),
                path.getKey(),
                scopes(described),
                statuses,
                described));
      }
    }
    return operations;
  }

  private static Set<String> scopes(JsonNode described) {
    Set<String> scopes = new TreeSet<>();
    for (JsonNode alternative : described.get("security")) {
      alternative.get("key").forEach(scope -> scopes.add(scope.asString()));
    }
    return scopes;
  }

  /// The names of the query parameters of an operation.
  List<String> queryParameters(Operation operation) {
    return operation
        .described()
        .path("parameters")
        .valueStream()
        .map(this::resolve)
        .filter(parameter -> parameter.get("in").asString().equals("query"))
        .map(parameter -> parameter.get("name").asString())
        .toList();
  }

  /// What of a response is not as documented; empty if all is.
  List<String> violations(Operation operation, ApiResponse response) {
    JsonNode described = resolve(operation.described().at("/responses/" + response.status()));
    if (described.isMissingNode()) {
      return List.of("undocumented status " + response.status() + ": " + response.body());
    }
    JsonNode contents = described.path("content");
    if (contents.isEmpty()) {
      return response.body().isEmpty() ? List.of() : List.of("undocumented body");
    }
    String type = response.header("Content-Type").replaceFirst(";.*", "");
    JsonNode content = contents.path(type);
    if (content.isMissingNode()) {
      return List.of("undocumented content type " + type);
    }
    return type.endsWith("json") ? errors(content.get("schema"), response) : List.of();
  }

  private List<String> errors(JsonNode schema, ApiResponse response) {
    return models
        .computeIfAbsent(schema, this::model)
        .validate(response.body(), InputFormat.JSON)
        .stream()
        .map(Object::toString)
        .toList();
  }

  private Schema model(JsonNode schema) {
    ObjectNode withComponents = schema.deepCopy().asObject();
    withComponents.set("components", document.get("components"));
    return SCHEMAS.getSchema(withComponents.toString());
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
  }
}
