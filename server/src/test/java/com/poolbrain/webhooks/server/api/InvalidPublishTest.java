package com.poolbrain.webhooks.server.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.SharedApplicationExtension;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.BodyMutator;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Invalid publish requests: the response is a problem that names the field, and nothing is stored.
///
/// The company has an endpoint and its webhooks are disabled, so each stored event would appear as
/// a skipped delivery.
@ExtendWith(SharedApplicationExtension.class)
@TestInstance(Lifecycle.PER_CLASS)
@Tag("slow")
class InvalidPublishTest {

  private static final int COMPANY = 7001;
  private static final String ITEM = "{\"customerId\":7,\"displayName\":\"Ann\"}";
  private static final String EVENT =
      "{\"company_id\":7001,\"event\":\"customer.created\",\"data\":" + ITEM + "}";

  private final ServiceClient api;
  private String readKey;
  private String companyKey;
  private String revokedKey;

  InvalidPublishTest(ServiceClient api) {
    this.api = api;
  }

  @BeforeAll
  void createCompaniesAndKeys() {
    for (int company : new int[] {COMPANY, 7002, 7003}) {
      createCompany(company);
      createEndpoint(company, "https://consumer.example/", "customer.created");
    }
    readKey = createKey("[\"read\"]", "").get("key").asString();
    companyKey = createKey("[\"publish\",\"read\"]", ",\"company_id\":7002").get("key").asString();
    JsonNode createdKey = createKey("[\"publish\"]", "");
    revokedKey = createdKey.get("key").asString();
    api.delete("/keys/" + createdKey.get("id").asString()).expectNoContent();
  }

  private void createCompany(int id) {
    api.put("/companies/" + id, "{\"name\":\"A\"}").expect(201);
  }

  private void createEndpoint(int company, String url, String event) {
    String json = "{\"url\":\"%s\",\"events\":[\"%s\"]}".formatted(url, event);
    api.post("/companies/" + company + "/endpoints", json).expect(201);
  }

  private JsonNode createKey(String scopes, String more) {
    return api.post("/keys", "{\"name\":\"k\",\"scopes\":" + scopes + more + "}").expect(201);
  }

  @AfterEach
  void assertNothingStored() {
    for (int company : new int[] {COMPANY, 7002}) {
      assertThat(api.get("/companies/" + company + "/deliveries").expect(200).get("data"))
          .isEmpty();
    }
  }

  private static JsonNode publishRejected(ServiceClient client, byte[] body, int status) {
    ApiResponse response = client.publish(body);
    JsonNode problem = response.expect(status);
    assertThat(response.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("detail").asString()).isNotBlank().doesNotContain("Exception", "java");
    return problem;
  }

  private JsonNode publishRejected(byte[] body, int status) {
    return publishRejected(api, body, status);
  }

  private void publishRejected(String key, int status) {
    publishRejected(api.withKey(key), EVENT.getBytes(UTF_8), status);
  }

  static Stream<Arguments> invalidBodies() {
    String thousand = String.join(",", Collections.nCopies(1_001, EVENT));
    String deep = "[".repeat(10_000) + "]".repeat(10_000);
    return Stream.of(
        Arguments.of("malformed", EVENT.replace("\"event\"", "event"), 400, null),
        Arguments.of("cut off", EVENT.substring(0, 60), 400, null),
        Arguments.of("empty", "", 400, ""),
        Arguments.of("NaN", EVENT.replace("7001", "NaN"), 400, "/company_id"),
        Arguments.of(
            "a key twice",
            EVENT.replace("{\"customerId\"", "{\"customerId\":1,\"customerId\""),
            400,
            "/data/customerId"),
        Arguments.of("nesting", EVENT.replace(ITEM, deep), 400, null),
        Arguments.of("wrong type", EVENT.replace("\"Ann\"", "7"), 422, "/data/displayName"),
        Arguments.of(
            "missing field",
            EVENT.replace(",\"displayName\":\"Ann\"", ""),
            422,
            "/data/displayName"),
        Arguments.of(
            "missing data", "{\"company_id\":7001,\"event\":\"customer.created\"}", 422, "/data"),
        Arguments.of("no data", EVENT.replace(ITEM, "[]"), 422, "/data"),
        Arguments.of("no events", "[]", 422, ""),
        Arguments.of("too many events", "[" + thousand + "]", 422, ""),
        Arguments.of("a string", "\"x\"", 422, ""),
        Arguments.of("unknown event", EVENT.replace("customer.c", "customers.c"), 422, "/event"),
        Arguments.of(
            "unknown company",
            "[" + EVENT + "," + EVENT.replace("7001", "7999") + "]",
            422,
            "/1/company_id"),
        Arguments.of(
            "year 30,000",
            EVENT.replace("\"data\"", "\"timestamp\":\"30000-01-01T00:00:00Z\",\"data\""),
            422,
            "/timestamp"),
        Arguments.of(
            "half a surrogate pair", EVENT.replace("Ann", "\\udc00"), 422, "/data/displayName"),
        Arguments.of("over-long item", EVENT.replace("Ann", "\u00e4".repeat(50_000)), 422, "/data"),
        Arguments.of(
            "one bad of two",
            "[" + EVENT + "," + EVENT.replace("7,", "\"7\",") + "]",
            422,
            "/1/data/customerId"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("invalidBodies")
  void invalid_body_is_rejected_with_its_pointer(
      String name, String body, int status, String pointer) {
    JsonNode problem = publishRejected(body.getBytes(UTF_8), status);
    if (pointer != null) {
      assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
    }
  }

  @Test
  void body_that_is_not_utf8_is_400() {
    publishRejected(EVENT.replace("Ann", "Zo\u00eb").getBytes(ISO_8859_1), 400);
  }

  @Test
  void body_over_five_mebibytes_is_413() {
    publishRejected(("[" + " ".repeat(5 * 1024 * 1024) + EVENT + "]").getBytes(UTF_8), 413);
  }

  @Test
  void key_without_permission_to_publish_is_rejected() {
    publishRejected("", 401);
    publishRejected("pbk_unknown", 401);
    publishRejected(revokedKey, 401);
    publishRejected(readKey, 403);
    ServiceClient companyClient = api.withKey(companyKey);
    JsonNode problem = publishRejected(companyClient, EVENT.getBytes(UTF_8), 422);
    assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/company_id");
    assertThat(companyClient.get("/companies/7001").status()).isEqualTo(404);
    assertThat(companyClient.get("/companies/7002").status()).isEqualTo(200);
  }

  @Test
  void request_over_twenty_thousand_deliveries_is_rejected() {
    createCompany(7004);
    for (int i = 0; i < 3; i++) {
      createEndpoint(7004, "https://consumer.example/" + i, "job.created");
    }
    String jobs = String.join(",", Collections.nCopies(10_000, "{\"jobNumber\":\"J\"}"));
    JsonNode problem =
        publishRejected(
            ("{\"company_id\":7004,\"event\":\"job.created\",\"data\":[" + jobs + "]}")
                .getBytes(UTF_8),
            422);
    assertThat(problem.get("detail").asString()).contains("20000");
  }

  /// Publishes for company 7003, whose deliveries are not checked: some mutated bodies are valid.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14})
  void mutated_body_never_causes_a_5xx(long seed) {
    var random = new SplittableRandom(seed);
    String otherCompanyEvent = EVENT.replace("7001", "7003");
    byte[] validBody =
        ("[" + otherCompanyEvent + "," + otherCompanyEvent.replace(ITEM, "[" + ITEM + "]") + "]")
            .getBytes(UTF_8);
    List<Integer> statusCodes = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      byte[] body = BodyMutator.mutate(validBody, random);
      ApiResponse response = api.publish(body);
      assertThat(response.status())
          .as(() -> new String(body, ISO_8859_1) + " " + response.body())
          .isIn(202, 400, 422);
      statusCodes.add(response.status());
    }
    assertThat(statusCodes).contains(202, 400, 422);
  }
}
