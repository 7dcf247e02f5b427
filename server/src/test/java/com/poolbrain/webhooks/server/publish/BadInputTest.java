package com.poolbrain.webhooks.server.publish;

import static com.poolbrain.webhooks.server.RunningApplication.ADMIN;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.server.RunningApplication;
import com.poolbrain.webhooks.server.SharedService;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whatever a publisher sends wrongly: a problem that names the place, nothing stored, no 500.
///
/// The company has an endpoint and its webhooks are off, so that every event that is stored can be
/// seen as a skipped delivery.
@ExtendWith(SharedService.class)
@TestInstance(Lifecycle.PER_CLASS)
class BadInputTest {

  private static final JsonMapper JSON = new JsonMapper();
  private static final int COMPANY = 7001;
  private static final String ITEM = "{\"customerId\":7,\"displayName\":\"Ann\"}";
  private static final String EVENT =
      "{\"company_id\":7001,\"event\":\"customer.created\",\"data\":" + ITEM + "}";

  private final RunningApplication service;
  private String reader;
  private String bound;
  private String revoked;

  BadInputTest(RunningApplication service) {
    this.service = service;
  }

  @BeforeAll
  void prepare() {
    for (int company : new int[] {COMPANY, 7002, 7003}) {
      manage("PUT", "/api/v1/companies/" + company, "{\"name\":\"A\"}", 201);
      manage(
          "POST",
          "/api/v1/companies/" + company + "/endpoints",
          "{\"url\":\"https://192.0.2.1/\",\"events\":[\"customer.created\"]}",
          201);
    }
    reader = key("[\"read\"]", "").get("key").asString();
    bound = key("[\"publish\",\"read\"]", ",\"company_id\":7002").get("key").asString();
    JsonNode gone = key("[\"publish\"]", "");
    revoked = gone.get("key").asString();
    assertThat(
            service
                .send("DELETE", "/api/v1/keys/" + gone.get("id").asString(), ADMIN, null)
                .statusCode())
        .isEqualTo(204);
  }

  private JsonNode key(String scopes, String more) {
    return manage("POST", "/api/v1/keys", "{\"name\":\"k\",\"scopes\":" + scopes + more + "}", 201);
  }

  private JsonNode manage(String method, String path, String body, int status) {
    HttpResponse<String> answer = service.send(method, path, ADMIN, body.getBytes(UTF_8));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return JSON.readTree(answer.body());
  }

  @AfterEach
  void nothingIsStored() {
    for (int company : new int[] {COMPANY, 7002}) {
      JsonNode log =
          JSON.readTree(service.get("/api/v1/companies/" + company + "/deliveries").body());
      assertThat(log.get("data")).isEmpty();
    }
  }

  private JsonNode refused(byte[] body, String key, int status) {
    HttpResponse<String> answer = service.send("POST", "/api/v1/events", key, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    JsonNode problem = JSON.readTree(answer.body());
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("detail").asString()).isNotBlank().doesNotContain("Exception", "java");
    return problem;
  }

  static Stream<Arguments> bad() {
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
  @MethodSource("bad")
  void aBadBodyIsRefusedWithItsPlace(String name, String body, int status, String pointer) {
    JsonNode problem = refused(body.getBytes(UTF_8), ADMIN, status);
    if (pointer != null) {
      assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo(pointer);
    }
  }

  @Test
  void bytesThatAreNotUtf8Are400() {
    refused(EVENT.replace("Ann", "Zo\u00eb").getBytes(ISO_8859_1), ADMIN, 400);
  }

  @Test
  void moreThanFiveMebibytesAre413() {
    refused(("[" + " ".repeat(5 * 1024 * 1024) + EVENT + "]").getBytes(UTF_8), ADMIN, 413);
  }

  @Test
  void keysThatMayNotPublishAreRefused() {
    refused(EVENT.getBytes(UTF_8), null, 401);
    refused(EVENT.getBytes(UTF_8), "pbk_unknown-to-everybody", 401);
    refused(EVENT.getBytes(UTF_8), revoked, 401);
    refused(EVENT.getBytes(UTF_8), reader, 403);
    JsonNode problem = refused(EVENT.getBytes(UTF_8), bound, 422);
    assertThat(problem.at("/errors/0/pointer").asString()).isEqualTo("/company_id");
    assertThat(service.send("GET", "/api/v1/companies/7001", bound, null).statusCode())
        .isEqualTo(404);
    assertThat(service.send("GET", "/api/v1/companies/7002", bound, null).statusCode())
        .isEqualTo(200);
  }

  @Test
  void oneRequestMakesAtMostTwentyThousandDeliveries() {
    manage("PUT", "/api/v1/companies/7004", "{\"name\":\"A\"}", 201);
    for (int i = 0; i < 3; i++) {
      manage(
          "POST",
          "/api/v1/companies/7004/endpoints",
          "{\"url\":\"https://192.0.2.1/" + i + "\",\"events\":[\"job.created\"]}",
          201);
    }
    String jobs = String.join(",", Collections.nCopies(10_000, "{\"jobNumber\":\"J\"}"));
    JsonNode problem =
        refused(
            ("{\"company_id\":7004,\"event\":\"job.created\",\"data\":[" + jobs + "]}")
                .getBytes(UTF_8),
            ADMIN,
            422);
    assertThat(problem.get("detail").asString()).contains("20000");
  }

  /// Company 7003 is not looked at: some of these are sound.
  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {11, 12, 13, 14})
  void noMutationIsAFaultOfTheService(long seed) {
    var random = new SplittableRandom(seed);
    String other = EVENT.replace("7001", "7003");
    byte[] sound =
        ("[" + other + "," + other.replace(ITEM, "[" + ITEM + "]") + "]").getBytes(UTF_8);
    List<Integer> seen = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      byte[] body = Mutation.of(sound, random);
      HttpResponse<String> answer = service.send("POST", "/api/v1/events", ADMIN, body);
      assertThat(answer.statusCode())
          .as(() -> new String(body, ISO_8859_1) + " " + answer.body())
          .isIn(202, 400, 422);
      seen.add(answer.statusCode());
    }
    assertThat(seen).contains(202, 400, 422);
  }
}
