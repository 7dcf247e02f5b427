package com.poolbrain.webhooks.server.matrix;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.RunningApplication;
import com.poolbrain.webhooks.server.SharedApplicationExtension;
import com.poolbrain.webhooks.server.matrix.ApiDocument.Operation;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Every operation of the OpenAPI document, called with every kind of API key: the response is
/// exactly the documented one, and no key reads, changes or infers anything of another company.
@ExtendWith(SharedApplicationExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@Tag("slow")
class ApiMatrixTest {

  private static final List<String> COMPANY_SCOPES = List.of("publish", "read", "manage");
  private static final String REVOKED = "{\"name\": \"revoked\", \"scopes\": [\"operator\"]}";
  private static final String UNKNOWN_COMPANY = "8000000000000007";

  private final RunningApplication service;
  private final ServiceClient operator;
  private final Calls calls;
  private final Map<String, ServiceClient> clients = new HashMap<>();
  private ApiDocument document;

  /// The company that callers try to reach.
  private PopulatedCompany company;

  /// The company of the keys "of another company".
  private PopulatedCompany other;

  private int operations;
  private int responses;
  private int probes;

  ApiMatrixTest(RunningApplication service) {
    this.service = service;
    this.operator = service.client();
    this.calls = new Calls(operator);
  }

  @BeforeAll
  void createCompaniesAndKeys() {
    service.awaitReady();
    document = new ApiDocument(operator.getFromRoot("/openapi.json").expect(200));
    company = PopulatedCompany.create(operator);
    COMPANY_SCOPES.forEach(company::withKey); // now, because the audit has it
    other = PopulatedCompany.create(operator);
    clients.put("no key", operator.withKey(""));
    clients.put("malformed key", operator.withKey("pbk_malformed-but-long-enough"));
    JsonNode revoked = operator.post("/keys", REVOKED).expect(201);
    operator.delete("/keys/" + revoked.path("id").asString()).expectNoContent();
    clients.put("revoked key", operator.withKey(revoked.path("key").asString()));
    for (String scope : List.of("publish", "read", "manage", "operator")) {
      JsonNode key =
          operator
              .post("/keys", "{\"name\": \"k\", \"scopes\": [\"%s\"]}".formatted(scope))
              .expect(201);
      clients.put(scope, operator.withKey(key.path("key").asString()));
    }
  }

  @AfterAll
  void report() {
    System.out.printf(
        "API matrix: %d operations x %d callers = %d responses, and %d probes of another company%n",
        operations, Caller.all().size(), responses, probes);
  }

  List<Operation> operations() {
    return document.operations();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void each_caller_gets_exactly_the_documented_response(Operation operation) {
    var softly = new SoftAssertions();
    operations++;
    List<JsonNode> before = company.state();
    for (Caller caller : Caller.all()) {
      PopulatedCompany target = mayChange(operation, caller) ? preparedFor(operation) : company;
      Map<String, String> ids = calls.ids(operation, target);
      ApiResponse response =
          calls.send(
              client(caller, target), operation, ids, calls.requiredQuery(operation), target);
      responses++;

      String call = "%s with %s".formatted(operation, caller);
      softly.assertThat(document.violations(operation, response)).as(call).isEmpty();
      softly
          .assertThat(response.status() / 100 == 2 ? 200 : response.status())
          .as("%s: %s", call, response.body())
          .isEqualTo(statusFor(operation, caller));
      if (!caller.isValid() || caller.isOfOtherCompany()) {
        softly.assertThat(leaks(response, ids)).as(call).isEmpty();
      }
      if (response.status() == 401) {
        softly.assertThat(response.headers().firstValue("WWW-Authenticate")).as(call).isPresent();
      }
    }
    softly.assertThat(company.state()).as("%s changes nothing", operation).isEqualTo(before);
    softly.assertAll();
  }

  /// Whether the company of the call is changed if all is as documented. To reveal a secret is
  /// audited.
  private static boolean mayChange(Operation operation, Caller caller) {
    boolean isWrite = !operation.method().equals("GET") || operation.id().equals("revealSecret");
    return isWrite && !caller.isOfOtherCompany() && statusFor(operation, caller) == 200;
  }

  private PopulatedCompany preparedFor(Operation operation) {
    PopulatedCompany fresh = PopulatedCompany.create(operator);
    calls.prepare(operation, fresh);
    return fresh;
  }

  /// The status that the document promises; 200 for any success.
  private static int statusFor(Operation operation, Caller caller) {
    if (operation.scopes().isEmpty()) {
      return 200;
    }
    if (!caller.isValid()) {
      return 401;
    }
    if (!caller.hasAny(operation.scopes())) {
      return 403;
    }
    if (operation.path().contains("{job_id}")) { // of the whole service
      boolean sees = caller.scope().equals("operator");
      return sees ? (operation.id().equals("cancelJob") ? 409 : 200) : 404;
    }
    if (caller.isOfOtherCompany()) {
      return operation.path().contains("{company_id}")
          ? 404
          : operation.id().equals("publish") ? 422 : 200;
    }
    return 200;
  }

  private ServiceClient client(Caller caller, PopulatedCompany target) {
    return switch (caller.reach()) {
      case ALL, NONE -> Objects.requireNonNull(clients.get(caller.name()));
      case SAME_COMPANY -> target.withKey(caller.scope());
      case OTHER_COMPANY -> other.withKey(caller.scope());
    };
  }

  /// What a response tells of the company beyond what the request said.
  private List<String> leaks(ApiResponse response, Map<String, String> ids) {
    return company.traces().stream()
        .filter(trace -> !ids.containsValue(trace))
        .filter(trace -> response.body().contains(trace))
        .toList();
  }

  @Test
  void every_operation_with_a_key_documents_how_it_refuses() {
    for (Operation operation : operations()) {
      if (!operation.scopes().isEmpty()) {
        assertThat(operation.statuses()).as(operation.id()).contains(401, 403, 429, 503);
      }
    }
  }

  /// Ids in the path: with a key of another company, those of a company that exists are answered
  /// like those of one that does not.
  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void foreign_ids_are_answered_like_unknown_ones(Operation operation) {
    Set<String> variables = Set.copyOf(operation.pathVariables());
    List<String> ofCompany = variables.stream().filter(company::has).toList();
    List<JsonNode> before = company.state();
    for (int mask = 1; mask < 1 << ofCompany.size(); mask++) {
      Map<String, String> foreign = calls.ids(operation, other);
      Map<String, String> unknown = new HashMap<>(foreign);
      for (int i = 0; i < ofCompany.size(); i++) {
        if ((mask & 1 << i) != 0) {
          String variable = ofCompany.get(i);
          foreign.put(variable, company.id(variable));
          unknown.put(variable, unknownId(variable));
        }
      }
      for (String scope : COMPANY_SCOPES) {
        ServiceClient client = other.withKey(scope);
        assertThat(normalized(calls.send(client, operation, foreign, Map.of(), other), foreign))
            .as("%s %s %s", operation, scope, foreign)
            .isEqualTo(
                normalized(calls.send(client, operation, unknown, Map.of(), other), unknown));
        probes++;
      }
    }
    assertThat(company.state()).isEqualTo(before);
  }

  private static String unknownId(String variable) {
    return variable.equals("company_id") ? UNKNOWN_COMPANY : UUID.randomUUID().toString();
  }

  /// Status, type and body, without the ids of the request. Long ones go first: the digits of a
  /// company may stand in a UUID.
  private static String normalized(ApiResponse response, Map<String, String> ids) {
    String text =
        "%d %s %s"
            .formatted(
                response.status(), response.headers().allValues("Content-Type"), response.body());
    List<Map.Entry<String, String>> longFirst =
        ids.entrySet().stream()
            .sorted(Comparator.comparingInt(id -> -id.getValue().length()))
            .toList();
    for (var id : longFirst) {
      text = text.replace(id.getValue(), "<" + id.getKey() + ">");
    }
    return text;
  }

  /// Ids and cursors in the query: with a key of another company, those of a company that exists
  /// are answered like those of one that does not.
  @ParameterizedTest(name = "{0}")
  @MethodSource("operations")
  void foreign_parameters_are_answered_like_unknown_ones(Operation operation) {
    for (String parameter : document.queryParameters(operation)) {
      for (var values : foreignAndUnknown(operation, parameter).entrySet()) {
        String foreign = probe(operation, parameter, values.getKey());
        assertThat(foreign)
            .as("%s?%s", operation, parameter)
            .isEqualTo(probe(operation, parameter, values.getValue()));
        probes++;
      }
    }
  }

  private Map<String, String> foreignAndUnknown(Operation operation, String parameter) {
    return switch (parameter) {
      case "company_id", "endpoint_id" -> Map.of(company.id(parameter), unknownId(parameter));
      case "q" ->
          Map.of(
              company.id("delivery_id"), UUID.randomUUID().toString(),
              company.eventId(), UUID.randomUUID().toString(),
              company.id("company_id"), UNKNOWN_COMPANY);
      case "cursor" -> foreignCursor(operation);
      case "limit",
          "id",
          "endpoint_url",
          "at",
          "window",
          "status",
          "result",
          "trigger",
          "event",
          "from",
          "to",
          "actor",
          "action",
          "format",
          "grouped" ->
          Map.of();
      default -> throw new IllegalStateException("The matrix knows no value for ?" + parameter);
    };
  }

  /// A cursor of the list of the company, and an invalid one.
  private Map<String, String> foreignCursor(Operation operation) {
    JsonNode page =
        calls
            .send(operator, operation, calls.ids(operation, company), limited(operation), company)
            .expect(200);
    return page.path("next_cursor").isString() && operation.path().contains("{company_id}")
        ? Map.of(page.path("next_cursor").asString(), "no-cursor-of-any-list")
        : Map.of();
  }

  private Map<String, String> limited(Operation operation) {
    Map<String, String> query = new HashMap<>(calls.requiredQuery(operation));
    query.put("limit", "1");
    return query;
  }

  private String probe(Operation operation, String parameter, String value) {
    ApiResponse response =
        calls.send(
            other.withKey("manage"),
            operation,
            calls.ids(operation, other),
            Map.of(parameter, value),
            other);
    assertThat(document.violations(operation, response)).isEmpty();
    assertThat(leaks(response, Map.of(parameter, value))).isEmpty();
    return normalized(response, Map.of(parameter, value));
  }

  @Test
  void idempotency_keys_of_another_company_tell_nothing() {
    String key = "matrix-" + UUID.randomUUID();
    operator.publish(company.publication(), "Idempotency-Key", key).expect(202);
    operator.publish(withIdempotencyKey(company, key)).expect(202);
    ServiceClient publisher = other.withKey("publish");

    for (ApiResponse response :
        List.of(
            publisher.publish(other.publication(), "Idempotency-Key", key),
            publisher.publish(withIdempotencyKey(other, key)))) {
      assertThat(response.expect(202).at("/events/0/company_id").asString())
          .isEqualTo(other.id("company_id"));
      probes++;
    }
    ApiResponse foreign = publisher.publish(withIdempotencyKey(company, key));
    ApiResponse unknown = publisher.publish(withIdempotencyKey(company, key + "-unknown"));
    assertThat(foreign.status()).isEqualTo(422);
    assertThat(foreign.body()).isEqualTo(unknown.body());
    probes++;
  }

  private static String withIdempotencyKey(PopulatedCompany publisher, String key) {
    return publisher.publication().replaceFirst("\\{", "{\"idempotency_key\": \"" + key + "\", ");
  }

  @Test
  void publishing_for_a_foreign_company_is_answered_like_for_an_unknown_one() {
    ServiceClient publisher = other.withKey("publish");
    String foreign = company.id("company_id");
    String unknown = UNKNOWN_COMPANY;
    ApiResponse refused = publisher.publish(company.publication());
    ApiResponse unknownCompany =
        publisher.publish(
            company
                .publication()
                .replaceFirst("\"company_id\": \\d+", "\"company_id\": " + unknown));
    assertThat(normalized(refused, Map.of("id", foreign)))
        .isEqualTo(normalized(unknownCompany, Map.of("id", unknown)));
    probes++;
  }
}
