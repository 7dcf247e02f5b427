package com.poolbrain.webhooks.e2e.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.util.Collections;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Invalid requests are refused with a problem that names the place, and store nothing.
class InvalidInputTest {

  private static final String VALID_DATA = "{\"customerId\": 1, \"displayName\": \"Chris Bale\"}";
  private static final int OVERSIZED_BYTES = 5 * 1024 * 1024 + 1;

  /// A body that is refused.
  ///
  /// @param pointer expected JSON pointer; null for the body as a whole
  record InvalidBody(String description, byte[] body, int status, @Nullable String pointer) {
    @Override
    public String toString() {
      return description;
    }
  }

  @AutoClose private static RunningService service;
  @AutoClose private static HttpsReceiver receiver;
  private static TestCompany company;
  private static TestEndpoint endpoint;

  @BeforeAll
  static void subscribe() {
    service = RunningService.start();
    receiver = HttpsReceiver.accepting();
    company = service.createCompany();
    endpoint = company.subscribe(receiver.url(), "customer.created", "customer.status.updated");
  }

  /// Nothing was stored: the event published last is the only one that ever arrived.
  @AfterAll
  static void assertNothingWasStored() {
    String last = company.publishCustomerCreated(7);
    endpoint.awaitOnlyDelivery("delivered");
    assertThat(receiver.webhooks()).extracting(ReceivedRequest::eventId).containsExactly(last);
    assertThat(company.listDeliveries()).hasSize(1);
  }

  static Stream<InvalidBody> bad() {
    String companyPrefix = "{\"company_id\": " + company.id() + ", ";
    String customerPrefix = companyPrefix + "\"event\": \"customer.created\", ";
    return Stream.of(
        bad("no JSON", "publish this", 400, ""),
        bad("half an object", customerPrefix + "\"data\": {", 400, null),
        bad("nothing", "", 400, ""),
        bad("two values", eventJson(VALID_DATA) + eventJson(VALID_DATA), 400, ""),
        bad("a number instead of an event", "7", 422, ""),
        bad("an empty array", "[]", 422, ""),
        bad("no data", customerPrefix + "\"operation\": \"o\"}", 422, "/data"),
        bad(
            "no company",
            "{\"event\": \"customer.created\", \"data\": " + VALID_DATA + "}",
            422,
            "/company_id"),
        bad("no event", companyPrefix + "\"data\": " + VALID_DATA + "}", 422, "/event"),
        bad("data: []", eventJson("[]"), 422, "/data"),
        bad("a text as data", eventJson("\"Chris Bale\""), 422, "/data"),
        bad(
            "a company id that is text",
            eventJson(VALID_DATA).replace("" + company.id(), "\"40\""),
            422,
            "/company_id"),
        bad(
            "an unknown company",
            eventJson(VALID_DATA).replace("" + company.id(), "987654321"),
            422,
            "/company_id"),
        bad(
            "an unknown event",
            eventJson(VALID_DATA).replace("customer.created", "customer.creatd"),
            422,
            "/event"),
        bad(
            "an unknown field",
            customerPrefix + "\"data\": " + VALID_DATA + ", \"priority\": 1}",
            422,
            "/priority"),
        bad(
            "an unknown field of data",
            eventJson("{\"customerId\": 1, \"displayName\": \"x\", \"vip\": true}"),
            422,
            "/data/vip"),
        bad(
            "a wrong type in data",
            eventJson("{\"customerId\": \"1\", \"displayName\": \"x\"}"),
            422,
            "/data/customerId"),
        bad("a missing field of data", eventJson("{\"customerId\": 1}"), 422, "/data/displayName"),
        bad(
            "a wrong item",
            eventJson("[" + VALID_DATA + ", {\"customerId\": 1.5, \"displayName\": \"x\"}]"),
            422,
            "/data/1/customerId"),
        bad(
            "NaN",
            eventJson("{\"customerId\": NaN, \"displayName\": \"x\"}"),
            400,
            "/data/customerId"),
        bad(
            "a duplicate key",
            eventJson("{\"customerId\": 1, \"customerId\": 2, \"displayName\": \"x\"}"),
            400,
            "/data/customerId"),
        bad(
            "a lone surrogate",
            eventJson("{\"customerId\": 1, \"displayName\": \"\\ud83c!\"}"),
            422,
            "/data/displayName"),
        bad("deep nesting", eventJson("[".repeat(10_000) + "]".repeat(10_000)), 400, null),
        bad(
            "the year 30,000",
            customerPrefix
                + "\"timestamp\": \"30000-01-01T00:00:00Z\", \"data\": "
                + VALID_DATA
                + "}",
            422,
            "/timestamp"),
        bad(
            "no date",
            customerPrefix + "\"timestamp\": \"yesterday\", \"data\": " + VALID_DATA + "}",
            422,
            "/timestamp"),
        bad(
            "1,001 events",
            "[" + String.join(",", Collections.nCopies(1_001, eventJson(VALID_DATA))) + "]",
            422,
            ""),
        bad(
            "one bad event among good ones",
            "[" + eventJson(VALID_DATA) + "," + eventJson("{}") + "]",
            422,
            "/1/data/customerId"),
        bad("more than 5 MiB", eventJson(VALID_DATA) + " ".repeat(OVERSIZED_BYTES), 413, null),
        new InvalidBody(
            "Latin-1",
            eventJson("{\"customerId\": 1, \"displayName\": \"Grün\"}").getBytes(ISO_8859_1),
            400,
            null));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void invalid_body_is_refused_with_a_problem_naming_the_field(InvalidBody invalidBody) {
    ApiResponse response = service.api().publish(invalidBody.body());

    assertThat(response.header("content-type")).isEqualTo("application/problem+json");
    JsonNode problem = response.expect(invalidBody.status());
    assertThat(problem.path("status").intValue()).isEqualTo(invalidBody.status());
    assertThat(problem.path("title").asString()).isNotBlank();
    assertThat(problem.path("detail").asString()).isNotBlank();
    assertThat(response.body()).doesNotContain("Exception", "\tat ");
    if (invalidBody.pointer() != null) {
      assertThat(problem.path("errors").valueStream())
          .extracting(error -> error.path("pointer").stringValue())
          .contains(invalidBody.pointer());
    }
  }

  @Test
  void misspelt_event_name_is_refused_with_a_suggestion() {
    ApiResponse response =
        service.api().publish(eventJson(VALID_DATA).replace("customer.created", "customer.creatd"));

    assertThat(response.expect(422).path("detail").stringValue()).contains("customer.created");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"url\": \"http://example.com/\", \"events\": [\"customer.created\"]}",
        "{\"url\": \"https://user:word@example.com/\", \"events\": [\"customer.created\"]}",
        "{\"url\": \"https://example.com/#here\", \"events\": [\"customer.created\"]}",
        "{\"url\": \"https://example.com/\", \"events\": []}",
        "{\"url\": \"https://example.com/\", \"events\": [\"customer.exploded\"]}",
        "{\"url\": \"https://example.com/\"}",
        "{\"url\": \"https://example.com/\", \"events\": [\"customer.created\"], \"colour\": 1}",
        "{\"url\": \"https://example.com/\", \"events\": [\"customer.created\"], \"secret\": \"short\"}",
        "{\"url\": \"https://example.com/\", \"events\": [\"customer.created\"], \"timeout_seconds\": 31}",
        "{\"url\": \"https://example.com/\", \"events\": [\"customer.created\"],"
            + " \"secret\": \"an-own-secret-of-ours\", \"standard_webhooks\": true}"
      })
  void invalid_endpoint_is_refused(String endpoint) {
    ApiResponse response = service.api().post(company.path() + "/endpoints", endpoint);

    assertThat(response.expect(422).path("errors").path(0).path("pointer").stringValue())
        .startsWith("/");
    assertThat(service.api().get(company.path() + "/endpoints").expect(200).path("data").size())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cursor=from-elsewhere",
        "limit=0",
        "limit=many",
        "status=lost",
        "from=30000-01-01T00:00:00Z",
        "event=customer.creatd",
        "colour=blue"
      })
  void invalid_list_parameter_is_refused(String parameter) {
    ApiResponse response = service.api().get(company.path() + "/deliveries?" + parameter);

    assertThat(response.expect(422).path("detail").asString()).isNotBlank();
  }

  @Test
  void cursor_of_another_list_is_refused() {
    TestCompany otherCompany = service.createCompany();
    TestEndpoint otherEndpoint = otherCompany.subscribe(receiver.url(), "job.one_time.created");
    otherCompany.setWebhooksEnabled(false);
    for (int job = 0; job < 2; job++) {
      otherCompany.publish("job.one_time.created", "{\"jobNumber\": \"JOB-1\"}");
    }
    String cursor =
        service
            .api()
            .get(
                "%s/deliveries?limit=1&endpoint_id=%s"
                    .formatted(otherCompany.path(), otherEndpoint.id()))
            .expect(200)
            .path("next_cursor")
            .stringValue();

    ApiResponse foreignCursorResponse =
        service.api().get(company.path() + "/deliveries?limit=1&cursor=" + cursor);

    assertThat(foreignCursorResponse.status()).isEqualTo(422);
  }

  private static InvalidBody bad(
      String description, String body, int status, @Nullable String pointer) {
    return new InvalidBody(description, body.getBytes(US_ASCII), status, pointer);
  }

  private static String eventJson(String data) {
    return company.eventJson("customer.created", data);
  }
}
