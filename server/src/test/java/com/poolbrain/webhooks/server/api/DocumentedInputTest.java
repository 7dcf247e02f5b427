package com.poolbrain.webhooks.server.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.RunningApplication;
import com.poolbrain.webhooks.server.SharedApplicationExtension;
import com.poolbrain.webhooks.server.api.RequestRules.Input;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The server accepts exactly the values that the OpenAPI document allows: of every input of every
/// call each JSON type, `null`, each limit and one beyond.
@ExtendWith(SharedApplicationExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@Tag("slow")
class DocumentedInputTest {

  private static final JsonMapper JSON = new JsonMapper();

  /// Nothing listens there.
  private static final URI ENDPOINT_URL = URI.create("https://127.0.0.1:1/");

  private static final Set<String> TIMES =
      Set.of(
          "2026-02-13T06:42:24Z",
          "2026-02-13T06:42:24.705000+01:00",
          "2026-06-30T23:59:60Z",
          "1970-01-01T00:00:00Z",
          "9999-12-31T23:59:59.999999Z");

  /// The start of a range, within the retention.
  private final Instant yesterday = Instant.now().minus(Duration.ofDays(1));

  private final Set<String> pastTimes =
      Set.of(yesterday.toString(), yesterday.atOffset(ZoneOffset.ofHours(-3)).toString());

  /// Where only a time in the future is accepted, or one after yesterday, and its samples.
  private static final Set<String> FUTURE = Set.of("/expires_at", "/until");

  private static final Set<String> FUTURE_TIMES =
      Set.of("2999-02-13T06:42:24.705000+01:00", "9999-12-31T23:59:59.999999Z");

  private static final Set<String> NO_TIMES =
      Set.of("", "now", "2026-02-13", "2026-02-13T06:42Z", "1969-12-31T23:59:59Z");

  /// A request line has at most 8,192 bytes.
  private static final int MAX_QUERY_BYTES = 8_000;

  private static final String ID = "0198c2a4-77aa-7c3e-9a54-1f2f5a1b2c3d";

  private final ServiceClient api;
  private RequestRules rules;
  private InputSamples samples;
  private TestCompany company;
  private String publication;

  DocumentedInputTest(RunningApplication service) {
    this.api = service.client();
  }

  @BeforeAll
  void readDocument() {
    rules = new RequestRules(api.getFromRoot("/openapi.json").expect(200));
    company = TestCompany.create(api);
    publication =
        company.eventJson("customer.created", "{\"customerId\": 1, \"displayName\": \"n\"}");
    samples = new InputSamples(rules, publication);
  }

  List<Input> bodyInputs() {
    return rules.bodyInputs();
  }

  List<Input> queryInputs() {
    return rules.queryInputs();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodyInputs")
  void server_accepts_exactly_the_documented_values(Input input) {
    var softly = new SoftAssertions();
    for (JsonNode value : samples.of(input)) {
      softly
          .assertThat(isAccepted(input, value))
          .as("%s %s = %s", input.call(), input.place(), abbreviate(value.toString()))
          .isEqualTo(isDocumented(input, value));
    }
    for (String time : times(input)) {
      softly.assertThat(isAccepted(input, JSON.valueToTree(time))).as(time).isTrue();
    }
    for (String noTime : hasFormat(input, "date-time") ? NO_TIMES : Set.<String>of()) {
      softly.assertThat(isAccepted(input, JSON.valueToTree(noTime))).as(noTime).isFalse();
    }
    softly.assertAll();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bodyInputs")
  void required_fields_are_required_and_unknown_fields_refused(Input input) {
    for (JsonNode alternative : rules.alternatives(input.schema())) {
      for (JsonNode required : alternative.path("required")) {
        String place = input.place() + "/" + required.asString();
        JsonNode body = baseBody(input.call(), place);
        ((ObjectNode) body.at(input.place())).remove(required.asString());
        assertThat(refusedPlaces(send(input.call(), body))).contains(place);
      }
      if (alternative.path("additionalProperties").isBoolean()) {
        String place = input.place() + "/colour";
        JsonNode body = baseBody(input.call(), place);
        ((ObjectNode) body.at(input.place())).put("colour", "blue");
        assertThat(refusedPlaces(send(input.call(), body))).contains(place);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("queryInputs")
  void server_accepts_exactly_the_documented_parameters(Input input) {
    var softly = new SoftAssertions();
    Set<String> types = rules.types(input);
    for (JsonNode value : samples.of(input)) {
      if (types.contains("integer") ? value.isNumber() : isQueryText(value)) {
        softly
            .assertThat(isAccepted(input, value.asString()))
            .as("%s?%s=%s", input.call(), input.place(), abbreviate(value.asString()))
            .isEqualTo(rules.fits(input.schema(), value));
      }
    }
    softly.assertThat(isAccepted(input, "")).as(input + " is empty").isFalse();
    if (hasFormat(input, "uuid")) {
      softly.assertThat(isAccepted(input, ID)).as(ID).isTrue();
      softly.assertThat(isAccepted(input, ID + "0")).as(ID + "0").isFalse();
      softly.assertThat(isAccepted(input, "7")).as("7").isFalse();
    }
    for (String time : times(input)) {
      softly.assertThat(isAccepted(input, time)).as(time).isTrue();
    }
    for (String noTime : hasFormat(input, "date-time") ? NO_TIMES : Set.<String>of()) {
      softly.assertThat(isAccepted(input, noTime)).as(noTime).isFalse();
    }
    softly.assertAll();
  }

  @Test
  void company_id_of_a_path_is_from_1_to_2_to_the_53_minus_1() {
    assertThat(api.put("/companies/9007199254740991", "{\"name\": \"n\"}").status()).isEqualTo(201);
    assertThat(api.put("/companies/9007199254740992", "{\"name\": \"n\"}").status()).isEqualTo(404);
    assertThat(api.put("/companies/0", "{\"name\": \"n\"}").status()).isEqualTo(404);
  }

  @Test
  void idempotency_key_of_the_header_is_limited_like_that_of_an_event() {
    assertThat(publishWithKey("k".repeat(255)).status()).isEqualTo(202);
    assertThat(publishWithKey("k".repeat(256)).status()).isEqualTo(422);
    assertThat(publishWithKey("k k").status()).isEqualTo(422);
  }

  private ApiResponse publishWithKey(String key) {
    return api.publish(publication, "Idempotency-Key", key);
  }

  /// Fails if a limit is added to the document in a form that this test does not try.
  @Test
  void every_keyword_of_the_document_is_tried() {
    Set<String> keywords = new TreeSet<>();
    Stream.concat(bodyInputs().stream(), queryInputs().stream())
        .flatMap(input -> rules.alternatives(input.schema()).stream())
        .forEach(schema -> keywords.addAll(schema.propertyNames()));
    assertThat(keywords)
        .containsExactlyInAnyOrder(
            "type",
            "description",
            "default",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "format",
            "minLength",
            "maxLength",
            "pattern",
            "minItems",
            "maxItems",
            "minimum",
            "maximum");
  }

  /// Whether the value itself is documented, whatever the fields that it lacks.
  private boolean isDocumented(Input input, JsonNode value) {
    return value.isObject()
        ? rules.types(input).contains("object")
        : rules.fits(input.schema(), value);
  }

  private boolean hasFormat(Input input, String format) {
    return rules.alternatives(input.schema()).stream()
        .anyMatch(schema -> schema.path("format").asString("").equals(format));
  }

  /// U+0000 can't be in a query, and no more than a request line holds, whatever the parameter.
  private static boolean isQueryText(JsonNode value) {
    return value.isString()
        && value.asString().indexOf('\0') < 0
        && URLEncoder.encode(value.asString(), UTF_8).length() <= MAX_QUERY_BYTES;
  }

  private boolean isAccepted(Input input, JsonNode value) {
    JsonNode body = baseBody(input.call(), input.place());
    List<String> refused = refusedPlaces(send(input.call(), set(body, input.place(), value)));
    return value.isArray()
        ? refused.stream().noneMatch(place -> (place + "/").startsWith(input.place() + "/"))
        : !refused.contains(input.place());
  }

  private boolean isAccepted(Input input, String value) {
    String path = path(input.call()) + "?" + input.place() + "=" + URLEncoder.encode(value, UTF_8);
    return !refusedPlaces(api.get(path)).contains(input.place());
  }

  /// A valid body that has the object or array which the pointer leads through.
  private JsonNode baseBody(String call, String pointer) {
    String json =
        switch (call.replaceAll("\\{.*?}", "_")) {
          case "POST /api/v1/events" ->
              pointer.startsWith("/0") ? "[" + publication + "]" : publication;
          case "PUT /api/v1/companies/_", "POST /api/v1/keys" ->
              "{\"name\": \"n\", \"scopes\": [\"read\"]}";
          case "POST /api/v1/companies/_/erase" -> "{\"customer_id\": 7}";
          case "PUT /api/v1/event-types/_" -> InputSamples.EVENT_TYPE;
          case "PATCH /api/v1/companies/_" -> "{\"webhooks_enabled\": true}";
          case "POST /api/v1/companies/_/endpoints" ->
              "{\"url\": \"%s\", \"events\": [\"job.created\"], \"alert_emails\": [\"\"]}"
                  .formatted(ENDPOINT_URL);
          case "PATCH /api/v1/companies/_/endpoints/_" ->
              "{\"events\": [\"job.created\"], \"alert_emails\": [\"\"]}";
          case "POST /api/v1/companies/_/endpoints/_/secret/roll",
              "POST /api/v1/companies/_/endpoints/_/secret/activate" ->
              "{}";
          case "POST /api/v1/companies/_/portal-links" -> "{\"role\": \"viewer\", \"user\": \"n\"}";
          case "POST /api/v1/companies/_/endpoints/_/recover",
              "POST /api/v1/companies/_/endpoints/_/replay-missing" ->
              "{\"since\": \"%s\"}".formatted(yesterday);
          case "POST /api/v1/companies/_/endpoints/_/test" -> "{\"event\": \"customer.created\"}";
          default -> throw new IllegalStateException("no body for " + call);
        };
    JsonNode body = JSON.readTree(json);
    if (call.startsWith("PUT /api/v1/companies")) {
      ((ObjectNode) body).remove("scopes");
    }
    if (pointer.endsWith("/data/0")) {
      JsonNode event = body.at(pointer.substring(0, pointer.length() - "/data/0".length()));
      ((ObjectNode) event).putArray("data").add(JSON.createObjectNode());
    }
    return body;
  }

  private static JsonNode set(JsonNode body, String pointer, JsonNode value) {
    if (pointer.isEmpty()) {
      return value;
    }
    int slash = pointer.lastIndexOf('/');
    String name = pointer.substring(slash + 1);
    switch (body.at(pointer.substring(0, slash))) {
      case ArrayNode array when array.isEmpty() -> array.add(value);
      case ArrayNode array -> array.set(Integer.parseInt(name), value);
      case ObjectNode object -> object.set(name, value);
      case JsonNode other -> throw new IllegalStateException(pointer + " in " + other);
    }
    return body;
  }

  private ApiResponse send(String call, JsonNode body) {
    String method = call.substring(0, call.indexOf(' '));
    return api.call(method, path(call), body.toString());
  }

  private String path(String call) {
    String path = call.substring(call.indexOf(' ') + 1 + "/api/v1".length());
    if (!path.contains("/endpoints")) {
      path = path.replace("{name}", "documented.input");
      return path.replace("{company_id}", Long.toString(company.id()));
    }
    TestCompany fresh = TestCompany.create(api);
    return path.contains("{endpoint_id}")
        ? path.replace(
            "/companies/{company_id}/endpoints/{endpoint_id}",
            fresh.subscribe(ENDPOINT_URL, "job.created").path())
        : path.replace("{company_id}", Long.toString(fresh.id()));
  }

  /// The places of errors, those of values that are valid and name nothing that exists excepted.
  private static List<String> refusedPlaces(ApiResponse response) {
    assertThat(response.status()).as(response.body()).isIn(200, 201, 202, 204, 404, 409, 422);
    List<String> places = new ArrayList<>();
    if (response.status() < 300) { // maybe no JSON
      return places;
    }
    for (JsonNode error : response.json().path("errors")) {
      if (!error
          .path("detail")
          .asString()
          .matches("(?s)There is no (company|event|field) .*|This cursor .*")) {
        places.add(error.path("pointer").asString(error.path("parameter").asString("")));
      }
    }
    return places;
  }

  private static String abbreviate(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "… (" + text.length() + ")";
  }

  private Set<String> times(Input input) {
    if (!hasFormat(input, "date-time")) {
      return Set.of();
    }
    if (input.place().equals("/since")) {
      return pastTimes;
    }
    return FUTURE.contains(input.place()) ? FUTURE_TIMES : TIMES;
  }
}
