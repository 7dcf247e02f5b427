package com.poolbrain.webhooks.server.api;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The fields and parameters of all requests, as the OpenAPI document describes them.
final class RequestRules {

  /// One value of a request.
  ///
  /// @param call method and path
  /// @param place JSON pointer in the body, or name of a query parameter
  /// @param schema as the document has it, references included
  record Input(String call, String place, JsonNode schema) {

    String name() {
      return place.replaceAll("(/[0-9]+)+$", "").replaceAll(".*/", "");
    }
  }

  private final JsonNode document;

  RequestRules(JsonNode document) {
    this.document = document;
  }

  /// Every value that a JSON body may have, from the body itself to elements of arrays.
  List<Input> bodyInputs() {
    List<Input> inputs = new ArrayList<>();
    forEachCall((call, operation) -> {
      JsonNode schema = operation.at("/requestBody/content/application~1json/schema");
      if (!schema.isMissingNode()) {
        addInputs(call, "", schema, inputs);
      }
    });
    return inputs;
  }

  /// Every query parameter.
  List<Input> queryInputs() {
    List<Input> inputs = new ArrayList<>();
    forEachCall((call, operation) -> {
      for (JsonNode parameter : operation.path("parameters")) {
        JsonNode resolved = resolve(parameter);
        if (resolved.path("in").asString().equals("query")) {
          inputs.add(new Input(call, resolved.path("name").asString(), resolved.path("schema")));
        }
      }
    });
    return inputs;
  }

  private interface CallVisitor {
    void visit(String call, JsonNode operation);
  }

  private void forEachCall(CallVisitor visitor) {
    for (var path : document.path("paths").properties()) {
      for (var operation : path.getValue().properties()) {
        visitor.visit(
            operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
            operation.getValue());
      }
    }
  }

  private void addInputs(String call, String pointer, JsonNode schema, List<Input> inputs) {
    inputs.add(new Input(call, pointer, schema));
    for (JsonNode alternative : alternatives(schema)) {
      for (var property : alternative.path("properties").properties()) {
        addInputs(call, pointer + "/" + property.getKey(), property.getValue(), inputs);
      }
      if (alternative.has("items")) {
        addInputs(call, pointer + "/0", alternative.get("items"), inputs);
      }
    }
  }

  /// The schemas without references of which one has to fit.
  List<JsonNode> alternatives(JsonNode schema) {
    JsonNode resolved = resolve(schema);
    return resolved.has("oneOf")
        ? resolved.get("oneOf").valueStream().flatMap(part -> alternatives(part).stream()).toList()
        : List.of(resolved);
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
  }

  /// The JSON types that a value may have.
  Set<String> types(Input input) {
    Set<String> types = new HashSet<>();
    for (JsonNode alternative : alternatives(input.schema())) {
      JsonNode type = alternative.path("type");
      Stream.concat(Stream.of(type), type.valueStream())
          .filter(JsonNode::isString)
          .forEach(name -> types.add(name.asString()));
    }
    return types;
  }

  /// Whether a value fits to a schema of the document.
  boolean fits(JsonNode schema, JsonNode value) {
    ObjectNode schemaWithComponents = schema.deepCopy().asObject();
    schemaWithComponents.set("components", document.get("components"));
    Schema model =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(schemaWithComponents.toString());
    return model.validate(value.toString(), InputFormat.JSON).isEmpty();
  }
}
