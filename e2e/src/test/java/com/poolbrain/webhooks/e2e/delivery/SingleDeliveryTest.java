package com.poolbrain.webhooks.e2e.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.GuidePythonVerifier;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.JsonNode;

/// One event to one endpoint, byte for byte.
class SingleDeliveryTest {

  @AutoClose private static RunningService service;

  @BeforeAll
  static void startService() {
    service = RunningService.start();
  }

  @Test
  void status_change_is_delivered_byte_for_byte() throws Exception {
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestCompany company = service.createCompany();
      company.subscribe(receiver.url(), "customer.status.updated");

      JsonNode publishedEvent =
          service
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
      ReceivedRequest webhook = receiver.awaitNext();

      assertThat(publishedEvent.path("deliveries").intValue()).isEqualTo(1);
      assertThat(webhook.bodyText())
          .isEqualTo(
              "{\"id\":\""
                  + webhook.deliveryId()
                  + "\",\"event\":\"customer.status.updated\",\"company_id\":"
                  + company.id()
                  + ",\"timestamp\":\"2026-02-13T06:42:24.705000Z\",\"data\":{\"customerId\":3930000,"
                  + "\"displayName\":\"Chr\\u00efs \\ud83c\\udf0a\",\"currentStatus\":\"inactive\"}}");
      assertThat(UUID.fromString(webhook.deliveryId()).version()).isEqualTo(7);
      assertThat(webhook.eventId()).isEqualTo(publishedEvent.path("id").stringValue());
      assertThat(webhook.eventId()).isNotEqualTo(webhook.deliveryId());
    }
  }

  @Test
  void request_has_exactly_the_documented_headers() throws Exception {
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestCompany company = service.createCompany();
      company.subscribe(receiver.url(), "customer.created");
      company.publishCustomerCreated(1);
      ReceivedRequest webhook = receiver.awaitNext();

      assertThat(webhook.requestLine()).isEqualTo("POST /webhooks HTTP/1.1");
      assertThat(webhook.headerNames())
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
      assertThat(webhook.header("Host")).isEqualTo("localhost:" + receiver.url().getPort());
      assertThat(webhook.header("Content-Type")).isEqualTo("application/json");
      assertThat(webhook.header("Content-Length")).isEqualTo("" + webhook.body().length);
      assertThat(webhook.header("Accept-Encoding")).isEqualTo("identity");
      assertThat(webhook.header("User-Agent")).isEqualTo("PoolBrain-Webhooks/1.0");
      assertThat(webhook.header("X-Webhook-Signature")).matches("[0-9a-f]{64}");
      assertThat(webhook.header("X-Webhook-Event")).isEqualTo("customer.created");
      assertThat(webhook.header("X-Webhook-Attempt")).isEqualTo("1");
    }
  }

  @Test
  @Tag("needs-programs")
  void python_function_of_the_guide_accepts_valid_signatures_only() throws Exception {
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestCompany company = service.createCompany();
      TestEndpoint endpoint = company.subscribe(receiver.url(), "job.one_time.deleted");
      company.publish(
          "job.one_time.deleted", "{\"jobNumber\": \"JOB-5501\", \"jobTitle\": \"Grüße, 水\"}");
      ReceivedRequest webhook = receiver.awaitNext();
      byte[] changed = webhook.bodyText().replace("5501", "5502").getBytes(UTF_8);

      assertThat(GuidePythonVerifier.verifies(webhook, endpoint.secret())).isTrue();
      assertThat(GuidePythonVerifier.verifies(webhook, endpoint.secret() + "x")).isFalse();
      assertThat(
              GuidePythonVerifier.verifies(
                  changed, webhook.header("X-Webhook-Signature"), endpoint.secret()))
          .isFalse();
    }
  }

  @Test
  void all_attempts_have_the_same_id_and_bytes() throws Exception {
    try (HttpsReceiver receiver = HttpsReceiver.answering(500, 503, 204)) {
      TestCompany company = service.createCompany();
      TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
      company.publishCustomerCreated(2);

      JsonNode delivery = endpoint.awaitOnlyDelivery("delivered");
      List<ReceivedRequest> webhooks = receiver.webhooks();

      assertThat(webhooks).extracting(ReceivedRequest::attemptNumber).containsExactly(1, 2, 3);
      assertThat(webhooks)
          .extracting(ReceivedRequest::bodyText)
          .containsOnly(webhooks.getFirst().bodyText());
      assertThat(webhooks)
          .extracting(webhook -> webhook.header("X-Webhook-Signature"))
          .containsOnly(webhooks.getFirst().header("X-Webhook-Signature"));
      assertThat(delivery.path("id").stringValue()).isEqualTo(webhooks.getFirst().deliveryId());
      assertThat(delivery.path("request").path("body").stringValue())
          .isEqualTo(webhooks.getFirst().bodyText());
    }
  }

  @Test
  void whole_second_timestamp_has_six_fraction_digits() throws Exception {
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestCompany company = service.createCompany();
      company.subscribe(receiver.url(), "customer.created");
      service
          .api()
          .publish(
              """
              {"company_id": %d, "event": "customer.created", "timestamp": "2026-02-13T06:42:24Z",
               "data": {"customerId": 1, "displayName": "Chris Bale"}}
              """
                  .formatted(company.id()))
          .expect(202);

      assertThat(receiver.awaitNext().bodyText())
          .contains("\"timestamp\":\"2026-02-13T06:42:24.000000Z\"");
    }
  }

  @Test
  @Tag("needs-programs")
  void large_numbers_keep_their_digits() throws Exception {
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestCompany company = service.createCompany();
      TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
      company.publishCustomerCreated(9007199254740993L);
      ReceivedRequest webhook = receiver.awaitNext();

      assertThat(webhook.bodyText()).contains("{\"customerId\":9007199254740993,");
      assertThat(GuidePythonVerifier.verifies(webhook, endpoint.secret())).isTrue();
    }
  }

  @Test
  void event_is_delivered_right_after_it_was_published(TestReporter report) throws Exception {
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestCompany company = service.createCompany();
      company.subscribe(receiver.url(), "customer.created");
      for (int customer = 0; customer < 20; customer++) {
        company.publishCustomerCreated(customer);
        receiver.awaitNext();
      }
      long start = System.nanoTime();
      company.publishCustomerCreated(20);
      ReceivedRequest webhook = receiver.awaitNext();
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);

      report.publishEntry("from publishing to arrival", elapsed.toMillis() + " ms");
      assertThat(webhook.envelope().path("data").path("customerId").intValue()).isEqualTo(20);
    }
  }
}
