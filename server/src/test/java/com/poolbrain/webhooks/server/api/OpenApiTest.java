package com.poolbrain.webhooks.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import com.poolbrain.webhooks.api.access.OperationAccess;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.http.HttpRoute;
import com.poolbrain.webhooks.http.problem.ProblemType;
import com.poolbrain.webhooks.management.Scope;
import com.poolbrain.webhooks.server.RunningApplication;
import com.poolbrain.webhooks.server.SharedApplicationExtension;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The OpenAPI document and the documentation page agree with the code of the service.
@ExtendWith(SharedApplicationExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@Tag("slow")
class OpenApiTest {

  private final RunningApplication service;
  private JsonNode document;

  OpenApiTest(RunningApplication service) {
    this.service = service;
  }

  private record Operation(String method, String path, JsonNode described) {}

  @BeforeAll
  void read() {
    document = service.client().withKey("").getFromRoot("/openapi.json").expect(200);
  }

  private List<Operation> operations() {
    var operations = new ArrayList<Operation>();
    for (var path : document.get("paths").properties()) {
      for (var method : path.getValue().properties()) {
        operations.add(
            new Operation(
                method.getKey().toUpperCase(Locale.ROOT), path.getKey(), method.getValue()));
      }
    }
    return operations;
  }

  @Test
  void document_describes_exactly_the_routes_of_the_server() {
    assertThat(operations().stream().map(operation -> operation.method() + " " + operation.path()))
        .containsExactlyInAnyOrderElementsOf(
            service.application().routes().stream()
                .map(route -> route.method() + " " + route.path())
                .toList());
  }

  @Test
  void document_names_the_scopes_of_each_route() {
    for (Operation operation : operations()) {
      HttpRoute route =
          service.application().routes().stream()
              .filter(candidate -> candidate.method().equals(operation.method()))
              .filter(candidate -> candidate.path().equals(operation.path()))
              .findFirst()
              .orElseThrow();
      List<String> scopes =
          route.access() instanceof OperationAccess(var required)
              ? required.scopes().stream().map(Scope::wireName).toList()
              : List.of();
      assertThat(operation.described().get("security").findValues("key"))
          .extracting(key -> key.get(0).asString())
          .as(operation.path())
          .isEqualTo(scopes);
    }
  }

  @Test
  void document_names_the_variables_of_each_path() {
    for (Operation operation : operations()) {
      List<String> described = new ArrayList<>();
      for (JsonNode parameter : operation.described().path("parameters")) {
        JsonNode resolved = resolve(parameter);
        if (resolved.get("in").asString().equals("path")) {
          described.add(resolved.get("name").asString());
        }
      }
      assertThat(Stream.of(operation.path().split("/")).filter(s -> s.startsWith("{")))
          .as(operation.path())
          .containsExactlyElementsOf(described.stream().map(name -> "{" + name + "}").toList());
    }
  }

  @Test
  void examples_match_their_schemas() {
    int checked = 0;
    for (Operation operation : operations()) {
      var contents = new ArrayList<JsonNode>();
      contents.add(operation.described().at("/requestBody/content/application~1json"));
      operation
          .described()
          .get("responses")
          .forEach(response -> contents.add(response.at("/content/application~1json")));
      for (JsonNode content : contents) {
        if (content.has("example")) {
          assertThat(validationErrors(content.get("schema"), content.get("example")))
              .as(operation.method() + " " + operation.path())
              .isEmpty();
          checked++;
        }
      }
    }
    assertThat(checked).isGreaterThan(25);
  }

  @Test
  void document_has_every_event_type_with_valid_examples() {
    var names = new ArrayList<String>();
    for (var webhook : document.get("webhooks").properties()) {
      names.add(webhook.getKey());
      JsonNode content = webhook.getValue().at("/post/requestBody/content/application~1json");
      for (JsonNode example : content.get("examples")) {
        assertThat(validationErrors(content.get("schema"), example.get("value")))
            .as(webhook.getKey())
            .isEmpty();
      }
    }
    assertThat(names)
        .as("types that other tests added come after the built-in ones")
        .startsWith(
            EventCatalogue.builtIn().types().stream()
                .map(type -> type.name())
                .toArray(String[]::new));
  }

  @Test
  void enums_of_the_document_match_those_of_the_code() {
    assertThat(wireNames("/DeliveryStatus/enum"))
        .containsExactlyElementsOf(wireNames(DeliveryStatus.values(), DeliveryStatus::wireName));
    assertThat(wireNames("/Delivery/properties/skip_reason/enum"))
        .containsExactlyElementsOf(wireNames(SkipReason.values(), SkipReason::wireName));
    assertThat(wireNames("/Attempt/properties/error/enum"))
        .containsExactlyElementsOf(wireNames(ErrorClass.values(), ErrorClass::wireName));
    assertThat(wireNames("/Attempt/properties/trigger/enum"))
        .containsExactlyElementsOf(wireNames(Trigger.values(), Trigger::wireName));
    assertThat(wireNames("/Scope/enum"))
        .containsExactlyInAnyOrderElementsOf(wireNames(Scope.values(), Scope::wireName));
  }

  private static <T> List<String> wireNames(T[] values, Function<T, String> wireName) {
    return Stream.of(values).map(wireName).toList();
  }

  private List<String> wireNames(String pointer) {
    var wireNames = new ArrayList<String>();
    document
        .at("/components/schemas" + pointer)
        .forEach(wireName -> wireNames.add(wireName.asString()));
    return wireNames;
  }

  @Test
  void docs_page_shows_every_operation_type_and_problem_without_external_resources() {
    ApiResponse response = service.client().withKey("").getFromRoot("/docs");
    assertThat(response.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    String page = response.body();
    for (Operation operation : operations()) {
      assertThat(page)
          .contains("id=\"" + operation.described().get("operationId").asString() + "\"")
          .contains("<code>" + operation.path() + "</code>");
    }
    EventCatalogue.builtIn()
        .types()
        .forEach(type -> assertThat(page).contains(">" + type.name() + "<"));
    for (ProblemType type : ProblemType.values()) {
      assertThat(page).contains("id=\"" + type.uri().substring("/docs#".length()) + "\"");
    }
    assertThat(page)
        .as("code and escaping")
        .contains("<code>Authorization: Bearer &lt;key&gt;</code>");
    assertThat(page).doesNotContain("<script", "src=", "@import", "url(");
    assertThat(page)
        .as("its only resource")
        .containsOnlyOnce("<link")
        .contains("<link rel=\"stylesheet\" href=\"/docs/style.css\">");
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asString().substring(1)) : node;
  }

  /// Errors of a value by a schema of the document.
  private List<String> validationErrors(JsonNode schema, JsonNode value) {
    ObjectNode schemaWithComponents = schema.deepCopy().asObject();
    schemaWithComponents.set("components", document.get("components"));
    Schema model =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(schemaWithComponents.toString());
    return model.validate(value.toString(), InputFormat.JSON).stream()
        .map(Object::toString)
        .toList();
  }
}
