package com.poolbrain.webhooks.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.house.Company;
import com.poolbrain.webhooks.e2e.house.Consumer;
import com.poolbrain.webhooks.e2e.house.Endpoint;
import com.poolbrain.webhooks.e2e.house.Hook;
import com.poolbrain.webhooks.e2e.house.House;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.JsonNode;

/// One event on its way to one consumer, byte for byte.
class OneDeliveryTest {

  @AutoClose private static House house;

  @BeforeAll
  static void open() {
    house = House.open();
  }

  @Test
  void aStatusChangeArrivesExactlyAsPromised() throws Exception {
    try (Consumer consumer = Consumer.thatAccepts()) {
      Company company = house.newCompany();
      company.subscribe(consumer.url(), "customer.status.updated");

      JsonNode accepted =
          house
              .api()
              .publish(
                  """
                  {"company_id": %d, "event": "customer.status.updated",
                   "timestamp": "2026-02-13T08:42:24.705+02:00",
                   "data": {"customerId": 3930000, "displayName": "Chrïs 🌊", "currentStatus": "inactive"}}
                  """
                      .formatted(company.id()))
              .expect(202)
              .path("events")
              .path(0);
      Hook hook = consumer.next();

      assertThat(accepted.path("deliveries").intValue()).isEqualTo(1);
      assertThat(hook.text())
          .isEqualTo(
              "{\"id\":\""
                  + hook.id()
                  + "\",\"event\":\"customer.status.updated\",\"company_id\":"
                  + company.id()
                  + ",\"timestamp\":\"2026-02-13T06:42:24.705000Z\",\"data\":{\"customerId\":3930000,"
                  + "\"displayName\":\"Chr\\u00efs \\ud83c\\udf0a\",\"currentStatus\":\"inactive\"}}");
      assertThat(UUID.fromString(hook.id()).version()).isEqualTo(7);
      assertThat(hook.eventId()).isEqualTo(accepted.path("id").stringValue());
      assertThat(hook.eventId()).isNotEqualTo(hook.id());
    }
  }

  @Test
  void theRequestHasTheHeadersOfTheGuideInTheirSpellingAndNoOthers() throws Exception {
    try (Consumer consumer = Consumer.thatAccepts()) {
      Company company = house.newCompany();
      company.subscribe(consumer.url(), "customer.created");
      company.customerCreated(1);
      Hook hook = consumer.next();

      assertThat(hook.request().requestLine()).isEqualTo("POST /webhooks HTTP/1.1");
      assertThat(hook.headerNames())
          .containsExactlyInAnyOrder(
              "Host",
              "Content-Type",
              "Content-Length",
              "Accept-Encoding",
              "User-Agent",
              "X-Webhook-Signature",
              "X-Webhook-Event",
              "X-Webhook-Event-Id",
              "X-Webhook-Attempt");
      assertThat(hook.header("Host")).isEqualTo("localhost:" + consumer.server().port());
      assertThat(hook.header("Content-Type")).isEqualTo("application/json");
      assertThat(hook.header("Content-Length")).isEqualTo("" + hook.request().body().length);
      assertThat(hook.header("Accept-Encoding")).isEqualTo("identity");
      assertThat(hook.header("User-Agent")).isEqualTo("PoolBrain-Webhooks/1.0");
      assertThat(hook.header("X-Webhook-Signature")).matches("[0-9a-f]{64}");
      assertThat(hook.header("X-Webhook-Event")).isEqualTo("customer.created");
      assertThat(hook.header("X-Webhook-Attempt")).isEqualTo("1");
    }
  }

  @Test
  void thePythonFunctionOfTheGuideVerifiesItAndNothingElse() throws Exception {
    try (Consumer consumer = Consumer.thatAccepts()) {
      Company company = house.newCompany();
      Endpoint endpoint = company.subscribe(consumer.url(), "job.one_time.deleted");
      company.publish(
          "job.one_time.deleted", "{\"jobNumber\": \"JOB-5501\", \"jobTitle\": \"Grüße, 水\"}");
      Hook hook = consumer.next();
      byte[] changed = hook.text().replace("5501", "5502").getBytes(UTF_8);

      assertThat(GuidePython.verifies(hook, endpoint.secret())).isTrue();
      assertThat(GuidePython.verifies(hook, endpoint.secret() + "x")).isFalse();
      assertThat(
              GuidePython.verifies(changed, hook.header("X-Webhook-Signature"), endpoint.secret()))
          .isFalse();
    }
  }

  @Test
  void everyAttemptHasTheSameIdAndTheSameBytes() throws Exception {
    try (Consumer consumer = Consumer.thatAnswers(500, 503, 204)) {
      Company company = house.newCompany();
      Endpoint endpoint = company.subscribe(consumer.url(), "customer.created");
      company.customerCreated(2);

      JsonNode delivery = endpoint.onlyDelivery("delivered");
      List<Hook> hooks = consumer.hooks();

      assertThat(hooks).extracting(Hook::attempt).containsExactly(1, 2, 3);
      assertThat(hooks).extracting(Hook::text).containsOnly(hooks.getFirst().text());
      assertThat(hooks)
          .extracting(hook -> hook.header("X-Webhook-Signature"))
          .containsOnly(hooks.getFirst().header("X-Webhook-Signature"));
      assertThat(delivery.path("id").stringValue()).isEqualTo(hooks.getFirst().id());
      assertThat(delivery.path("request").path("body").stringValue())
          .isEqualTo(hooks.getFirst().text());
    }
  }

  @Test
  void aWholeSecondIsWrittenWithSixDigitsToo() throws Exception {
    try (Consumer consumer = Consumer.thatAccepts()) {
      Company company = house.newCompany();
      company.subscribe(consumer.url(), "customer.created");
      house
          .api()
          .publish(
              """
              {"company_id": %d, "event": "customer.created", "timestamp": "2026-02-13T06:42:24Z",
               "data": {"customerId": 1, "displayName": "Chris Bale"}}
              """
                  .formatted(company.id()))
          .expect(202);

      assertThat(consumer.next().text()).contains("\"timestamp\":\"2026-02-13T06:42:24.000000Z\"");
    }
  }

  @Test
  void numbersKeepTheirDigits() throws Exception {
    try (Consumer consumer = Consumer.thatAccepts()) {
      Company company = house.newCompany();
      Endpoint endpoint = company.subscribe(consumer.url(), "customer.created");
      company.customerCreated(9007199254740993L);
      Hook hook = consumer.next();

      assertThat(hook.text()).contains("{\"customerId\":9007199254740993,");
      assertThat(GuidePython.verifies(hook, endpoint.secret())).isTrue();
    }
  }

  @Test
  void itArrivesWhileThePublisherStillReadsItsAnswer(TestReporter report) throws Exception {
    try (Consumer consumer = Consumer.thatAccepts()) {
      Company company = house.newCompany();
      company.subscribe(consumer.url(), "customer.created");
      for (int customer = 0; customer < 20; customer++) {
        company.customerCreated(customer);
        consumer.next();
      }
      long began = System.nanoTime();
      company.customerCreated(20);
      Hook hook = consumer.next();
      Duration took = Duration.ofNanos(System.nanoTime() - began);

      report.publishEntry("from publishing to arrival", took.toMillis() + " ms");
      assertThat(hook.envelope().path("data").path("customerId").intValue()).isEqualTo(20);
    }
  }
}
