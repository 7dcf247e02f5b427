package com.poolbrain.webhooks.e2e.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// Disabled events are not sent, are recorded with their reason, and are sent again after enabling.
/// The endpoint fails at first, so that one delivery waits for its retry.
class DisableAndPauseTest {

  @AutoClose private static RunningService service;

  private TestCompany company;
  private HttpsReceiver receiver;
  private TestEndpoint endpoint;

  @BeforeAll
  static void startService() {
    service = RunningService.start("WEBHOOKS_RETRY_SCHEDULE", "1h");
  }

  @BeforeEach
  void subscribe() {
    company = service.createCompany();
    receiver = HttpsReceiver.answering(500, 200);
    endpoint = company.subscribe(receiver.url(), "customer.created", "job.one_time.created");
  }

  @AfterEach
  void closeReceiver() {
    receiver.close();
  }

  @Test
  void nothing_is_sent_while_webhooks_are_disabled() throws Exception {
    String retryingDelivery = createRetryingDelivery();

    company.setWebhooksEnabled(false);
    JsonNode published = company.publish("customer.created", customer(2));

    assertThat(published.path("deliveries").intValue()).isZero();
    assertThat(published.path("skipped").intValue()).isEqualTo(1);
    assertSkipped(retryingDelivery, "webhooks_off", 1);
    assertSkipped(deliveryOf(published), "webhooks_off", 0);
    assertNothingMoreWasSent();

    company.setWebhooksEnabled(true);
    assertNextEventIsSent();
  }

  @Test
  void nothing_is_sent_to_a_paused_endpoint_until_it_is_resumed() throws Exception {
    String retryingDelivery = createRetryingDelivery();

    endpoint.patch("{\"paused\": true}");
    JsonNode published = company.publish("customer.created", customer(2));

    assertThat(published.path("skipped").intValue()).isEqualTo(1);
    assertSkipped(retryingDelivery, "endpoint_paused", 1);
    assertSkipped(deliveryOf(published), "endpoint_paused", 0);
    assertThat(service.api().get(endpoint.path()).expect(200).path("status").stringValue())
        .isEqualTo("paused");
    assertNothingMoreWasSent();

    endpoint.patch("{\"paused\": false}");
    assertNextEventIsSent();
  }

  @Test
  void unsubscribed_event_is_not_sent_until_it_is_subscribed_again() throws Exception {
    String retryingDelivery = createRetryingDelivery();

    endpoint.patch("{\"events\": [\"job.one_time.created\"]}");
    JsonNode published = company.publish("customer.created", customer(2));

    assertThat(published.path("deliveries").intValue()).isZero();
    assertThat(published.path("skipped").intValue()).isZero();
    assertSkipped(retryingDelivery, "unsubscribed", 1);
    assertNothingMoreWasSent();

    endpoint.patch("{\"events\": [\"customer.created\"]}");
    assertNextEventIsSent();
  }

  @Test
  void event_is_still_sent_while_one_of_its_names_is_subscribed() {
    try (HttpsReceiver failing = HttpsReceiver.answering(500)) {
      TestEndpoint endpointWithBothNames =
          company.subscribe(failing.url(), "customer.status.changed", "customer.status.updated");
      company.publish(
          "customer.status.updated",
          "{\"customerId\": 1, \"displayName\": \"Chris Bale\", \"currentStatus\": \"active\"}");
      JsonNode retryingDelivery = endpointWithBothNames.awaitOnlyDelivery("retrying");
      String barrier = createRetryingDelivery();

      endpointWithBothNames.patch("{\"events\": [\"customer.status.changed\"]}");
      endpoint.patch("{\"events\": [\"job.one_time.created\"]}");

      assertSkipped(barrier, "unsubscribed", 1);
      assertThat(endpointWithBothNames.awaitOnlyDelivery("retrying").path("id"))
          .isEqualTo(retryingDelivery.path("id"));
    }
  }

  @Test
  void nothing_is_sent_to_a_deleted_endpoint() throws Exception {
    String retryingDelivery = createRetryingDelivery();

    service.api().delete(endpoint.path()).expectNoContent();
    JsonNode published = company.publish("customer.created", customer(2));

    assertThat(published.path("deliveries").intValue()).isZero();
    assertSkipped(retryingDelivery, "cancelled", 1);
    assertThat(service.api().get(endpoint.path()).status()).isEqualTo(404);
    assertThat(endpoint.redeliver(retryingDelivery).status()).isEqualTo(409);
    assertNothingMoreWasSent();
  }

  @Test
  void first_skip_reason_in_order_is_recorded() {
    endpoint.patch("{\"paused\": true}");
    company.setWebhooksEnabled(false);
    JsonNode published = company.publish("customer.created", customer(1));
    assertSkipped(deliveryOf(published), "webhooks_off", 0);

    company.setWebhooksEnabled(true);
    JsonNode paused = company.publish("customer.created", customer(2));
    assertSkipped(deliveryOf(paused), "endpoint_paused", 0);
  }

  @Test
  void pending_retry_is_sent_to_the_new_url_with_the_same_bytes() throws Exception {
    String retryingDelivery = createRetryingDelivery();
    try (HttpsReceiver newReceiver = HttpsReceiver.accepting()) {
      endpoint.patch("{\"url\": \"%s\"}".formatted(newReceiver.url()));
      endpoint.redeliver(retryingDelivery).expect(202);

      ReceivedRequest webhook = newReceiver.awaitNext();
      assertThat(webhook.deliveryId()).isEqualTo(retryingDelivery);
      assertThat(webhook.bodyText()).isEqualTo(receiver.webhooks().getFirst().bodyText());
    }
  }

  @Test
  void paused_endpoint_accepts_test_sends_and_redeliveries() {
    String retryingDelivery = createRetryingDelivery();
    endpoint.patch("{\"paused\": true}");
    assertSkipped(retryingDelivery, "endpoint_paused", 1);

    JsonNode testResult = service.api().post(endpoint.path() + "/test", "").expect(200);
    endpoint.redeliver(retryingDelivery).expect(202);

    assertThat(testResult.path("attempt").path("status_code").intValue()).isEqualTo(200);
    company.awaitDelivery(retryingDelivery, "delivered");
  }

  @Test
  void test_sends_and_redeliveries_are_refused_while_webhooks_are_disabled() {
    String retryingDelivery = createRetryingDelivery();
    company.setWebhooksEnabled(false);

    assertThat(
            service.api().post(endpoint.path() + "/test", "").expect(409).path("detail").asString())
        .contains("switch them on");
    assertThat(endpoint.redeliver(retryingDelivery).expect(409).path("detail").asString())
        .contains("switch them on");
    assertNothingMoreWasSent();
  }

  /// Publishes an event whose first attempt fails, and returns the id of its delivery.
  private String createRetryingDelivery() {
    String event = company.publishCustomerCreated(1);
    String delivery =
        endpoint.listDeliveries().stream()
            .filter(found -> found.path("event_id").stringValue().equals(event))
            .findFirst()
            .orElseThrow()
            .path("id")
            .stringValue();
    company.awaitDelivery(delivery, "retrying");
    return delivery;
  }

  private String deliveryOf(JsonNode published) {
    String event = published.path("id").stringValue();
    List<JsonNode> found = company.listDeliveries("q=" + event);
    assertThat(found).hasSize(1);
    return found.getFirst().path("id").stringValue();
  }

  private void assertSkipped(String delivery, String reason, int attempts) {
    JsonNode skipped = company.awaitDelivery(delivery, "skipped");
    assertThat(skipped.path("skip_reason").stringValue()).isEqualTo(reason);
    assertThat(skipped.path("attempt_count").intValue()).isEqualTo(attempts);
    assertThat(skipped.path("attempts").size()).isEqualTo(attempts);
  }

  /// Nothing more was sent: a later event of another company has arrived.
  private void assertNothingMoreWasSent() {
    try (HttpsReceiver barrierReceiver = HttpsReceiver.accepting()) {
      TestCompany barrier = service.createCompany();
      TestEndpoint barrierEndpoint = barrier.subscribe(barrierReceiver.url(), "customer.created");
      barrier.publishCustomerCreated(1);
      barrierEndpoint.awaitOnlyDelivery("delivered");
    }
    assertThat(receiver.webhookCount()).isEqualTo(1);
  }

  private void assertNextEventIsSent() throws InterruptedException {
    receiver.awaitNext();
    String event = company.publishCustomerCreated(3);
    assertThat(receiver.awaitNext().eventId()).isEqualTo(event);
    assertThat(receiver.webhookCount()).isEqualTo(2);
  }

  private static String customer(int number) {
    return "{\"customerId\": %d, \"displayName\": \"Chris Bale\"}".formatted(number);
  }
}
