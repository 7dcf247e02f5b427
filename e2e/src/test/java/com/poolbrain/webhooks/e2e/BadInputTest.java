package com.poolbrain.webhooks.e2e;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.house.Answer;
import com.poolbrain.webhooks.e2e.house.Company;
import com.poolbrain.webhooks.e2e.house.Consumer;
import com.poolbrain.webhooks.e2e.house.Endpoint;
import com.poolbrain.webhooks.e2e.house.Hook;
import com.poolbrain.webhooks.e2e.house.House;
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

/// What can't be accepted is refused with a problem that names the place, and leaves nothing
/// behind.
class BadInputTest {

  private static final String GOOD = "{\"customerId\": 1, \"displayName\": \"Chris Bale\"}";
  private static final int TOO_LARGE = 5 * 1024 * 1024 + 1;

  /// A body that is refused.
  ///
  /// @param pointer to the place; null if the body as a whole is meant
  record Bad(String what, byte[] body, int status, @Nullable String pointer) {
    @Override
    public String toString() {
      return what;
    }
  }

  @AutoClose private static House house;
  @AutoClose private static Consumer consumer;
  private static Company company;
  private static Endpoint endpoint;

  @BeforeAll
  static void subscribe() {
    house = House.open();
    consumer = Consumer.thatAccepts();
    company = house.newCompany();
    endpoint = company.subscribe(consumer.url(), "customer.created", "customer.status.updated");
  }

  /// The fence: what is published last arrives, and is all that ever did.
  @AfterAll
  static void nothingOfAllThisWasStored() {
    String last = company.customerCreated(7);
    endpoint.onlyDelivery("delivered");
    assertThat(consumer.hooks()).extracting(Hook::eventId).containsExactly(last);
    assertThat(company.deliveries()).hasSize(1);
  }

  static Stream<Bad> bad() {
    String start = "{\"company_id\": " + company.id() + ", ";
    String customer = start + "\"event\": \"customer.created\", ";
    return Stream.of(
        bad("no JSON", "publish this", 400, ""),
        bad("half an object", customer + "\"data\": {", 400, null),
        bad("nothing", "", 400, ""),
        bad("two values", event(GOOD) + event(GOOD), 400, ""),
        bad("a number instead of an event", "7", 422, ""),
        bad("an empty array", "[]", 422, ""),
        bad("no data", customer + "\"operation\": \"o\"}", 422, "/data"),
        bad(
            "no company",
            "{\"event\": \"customer.created\", \"data\": " + GOOD + "}",
            422,
            "/company_id"),
        bad("no event", start + "\"data\": " + GOOD + "}", 422, "/event"),
        bad("data: []", event("[]"), 422, "/data"),
        bad("a text as data", event("\"Chris Bale\""), 422, "/data"),
        bad(
            "a company id that is text",
            event(GOOD).replace("" + company.id(), "\"40\""),
            422,
            "/company_id"),
        bad(
            "an unknown company",
            event(GOOD).replace("" + company.id(), "987654321"),
            422,
            "/company_id"),
        bad(
            "an unknown event",
            event(GOOD).replace("customer.created", "customer.creatd"),
            422,
            "/event"),
        bad(
            "an unknown field",
            customer + "\"data\": " + GOOD + ", \"priority\": 1}",
            422,
            "/priority"),
        bad(
            "an unknown field of data",
            event("{\"customerId\": 1, \"displayName\": \"x\", \"vip\": true}"),
            422,
            "/data/vip"),
        bad(
            "a wrong type in data",
            event("{\"customerId\": \"1\", \"displayName\": \"x\"}"),
            422,
            "/data/customerId"),
        bad("a missing field of data", event("{\"customerId\": 1}"), 422, "/data/displayName"),
        bad(
            "a wrong item",
            event("[" + GOOD + ", {\"customerId\": 1.5, \"displayName\": \"x\"}]"),
            422,
            "/data/1/customerId"),
        bad("NaN", event("{\"customerId\": NaN, \"displayName\": \"x\"}"), 400, "/data/customerId"),
        bad(
            "a duplicate key",
            event("{\"customerId\": 1, \"customerId\": 2, \"displayName\": \"x\"}"),
            400,
            "/data/customerId"),
        bad(
            "a lone surrogate",
            event("{\"customerId\": 1, \"displayName\": \"\\ud83c!\"}"),
            422,
            "/data/displayName"),
        bad("deep nesting", event("[".repeat(10_000) + "]".repeat(10_000)), 400, null),
        bad(
            "the year 30,000",
            customer + "\"timestamp\": \"30000-01-01T00:00:00Z\", \"data\": " + GOOD + "}",
            422,
            "/timestamp"),
        bad(
            "no date",
            customer + "\"timestamp\": \"yesterday\", \"data\": " + GOOD + "}",
            422,
            "/timestamp"),
        bad(
            "1,001 events",
            "[" + String.join(",", Collections.nCopies(1_001, event(GOOD))) + "]",
            422,
            ""),
        bad(
            "one bad event among good ones",
            "[" + event(GOOD) + "," + event("{}") + "]",
            422,
            "/1/data/customerId"),
        bad("more than 5 MiB", event(GOOD) + " ".repeat(TOO_LARGE), 413, null),
        new Bad(
            "Latin-1",
            event("{\"customerId\": 1, \"displayName\": \"Grün\"}").getBytes(ISO_8859_1),
            400,
            null));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void itIsRefusedWithAProblemThatNamesThePlace(Bad bad) {
    Answer answer = house.api().publish(bad.body());

    assertThat(answer.header("content-type")).isEqualTo("application/problem+json");
    JsonNode problem = answer.expect(bad.status());
    assertThat(problem.path("status").intValue()).isEqualTo(bad.status());
    assertThat(problem.path("title").asString()).isNotBlank();
    assertThat(problem.path("detail").asString()).isNotBlank();
    assertThat(answer.body()).doesNotContain("Exception", "\tat ");
    if (bad.pointer() != null) {
      assertThat(problem.path("errors").valueStream())
          .extracting(error -> error.path("pointer").stringValue())
          .contains(bad.pointer());
    }
  }

  @Test
  void aMisspeltEventIsAnsweredWithTheOneThatWasMeant() {
    Answer answer = house.api().publish(event(GOOD).replace("customer.created", "customer.creatd"));

    assertThat(answer.expect(422).path("detail").stringValue()).contains("customer.created");
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
  void anEndpointThatTheGuideForbidsIsNotCreated(String endpoint) {
    Answer answer = house.api().post(company.path() + "/endpoints", endpoint);

    assertThat(answer.expect(422).path("errors").path(0).path("pointer").stringValue())
        .startsWith("/");
    assertThat(house.api().get(company.path() + "/endpoints").expect(200).path("data").size())
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
  void aListWithAParameterThatIsWrongIsRefused(String parameter) {
    Answer answer = house.api().get(company.path() + "/deliveries?" + parameter);

    assertThat(answer.expect(422).path("detail").asString()).isNotBlank();
  }

  @Test
  void aCursorIsGoodForItsOwnListOnly() {
    Company other = house.newCompany();
    Endpoint here = other.subscribe(consumer.url(), "job.one_time.created");
    other.useWebhooks(false);
    for (int job = 0; job < 2; job++) {
      other.publish("job.one_time.created", "{\"jobNumber\": \"JOB-1\"}");
    }
    String cursor =
        house
            .api()
            .get("%s/deliveries?limit=1&endpoint_id=%s".formatted(other.path(), here.id()))
            .expect(200)
            .path("next_cursor")
            .stringValue();

    Answer elsewhere = house.api().get(company.path() + "/deliveries?limit=1&cursor=" + cursor);

    assertThat(elsewhere.status()).isEqualTo(422);
  }

  private static Bad bad(String what, String body, int status, @Nullable String pointer) {
    return new Bad(what, body.getBytes(US_ASCII), status, pointer);
  }

  private static String event(String data) {
    return company.event("customer.created", data);
  }
}
