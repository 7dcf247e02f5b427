package com.poolbrain.webhooks.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.house.Company;
import com.poolbrain.webhooks.e2e.house.Consumer;
import com.poolbrain.webhooks.e2e.house.Endpoint;
import com.poolbrain.webhooks.e2e.house.Hook;
import com.poolbrain.webhooks.e2e.house.House;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What a company switches off does not leave, is on record with its reason, and leaves again when
/// it is switched on. The consumer fails at first, so that a delivery waits for its retry.
class SwitchesTest {

  @AutoClose private static House house;

  private Company company;
  private Consumer consumer;
  private Endpoint endpoint;

  @BeforeAll
  static void open() {
    house = House.open("WEBHOOKS_RETRY_SCHEDULE", "1h");
  }

  @BeforeEach
  void subscribe() {
    company = house.newCompany();
    consumer = Consumer.thatAnswers(500, 200);
    endpoint = company.subscribe(consumer.url(), "customer.created", "job.one_time.created");
  }

  @AfterEach
  void hangUp() {
    consumer.close();
  }

  @Test
  void switchedOffNothingLeavesUntilItIsOnAgain() throws Exception {
    String waiting = deliveryThatWaits();

    company.useWebhooks(false);
    JsonNode unsent = company.publish("customer.created", customer(2));

    assertThat(unsent.path("deliveries").intValue()).isZero();
    assertThat(unsent.path("skipped").intValue()).isEqualTo(1);
    assertSkipped(waiting, "webhooks_off", 1);
    assertSkipped(deliveryOf(unsent), "webhooks_off", 0);
    assertThatNothingMoreLeft();

    company.useWebhooks(true);
    assertThatTheNextLeaves();
  }

  @Test
  void anEndpointThatIsPausedGetsNothingUntilItIsResumed() throws Exception {
    String waiting = deliveryThatWaits();

    endpoint.patch("{\"paused\": true}");
    JsonNode unsent = company.publish("customer.created", customer(2));

    assertThat(unsent.path("skipped").intValue()).isEqualTo(1);
    assertSkipped(waiting, "endpoint_paused", 1);
    assertSkipped(deliveryOf(unsent), "endpoint_paused", 0);
    assertThat(house.api().get(endpoint.path()).expect(200).path("status").stringValue())
        .isEqualTo("paused");
    assertThatNothingMoreLeft();

    endpoint.patch("{\"paused\": false}");
    assertThatTheNextLeaves();
  }

  @Test
  void anEventThatIsUntickedIsNotSentUntilItIsTickedAgain() throws Exception {
    String waiting = deliveryThatWaits();

    endpoint.patch("{\"events\": [\"job.one_time.created\"]}");
    JsonNode unsent = company.publish("customer.created", customer(2));

    assertThat(unsent.path("deliveries").intValue()).isZero();
    assertThat(unsent.path("skipped").intValue()).isZero();
    assertSkipped(waiting, "unsubscribed", 1);
    assertThatNothingMoreLeft();

    endpoint.patch("{\"events\": [\"customer.created\"]}");
    assertThatTheNextLeaves();
  }

  @Test
  void whileAnotherNameOfItIsTickedAnEventIsStillSent() {
    try (Consumer failing = Consumer.thatAnswers(500)) {
      Endpoint both =
          company.subscribe(failing.url(), "customer.status.changed", "customer.status.updated");
      company.publish(
          "customer.status.updated",
          "{\"customerId\": 1, \"displayName\": \"Chris Bale\", \"currentStatus\": \"active\"}");
      JsonNode waiting = both.onlyDelivery("retrying");
      String fence = deliveryThatWaits();

      both.patch("{\"events\": [\"customer.status.changed\"]}");
      endpoint.patch("{\"events\": [\"job.one_time.created\"]}");

      assertSkipped(fence, "unsubscribed", 1);
      assertThat(both.onlyDelivery("retrying").path("id")).isEqualTo(waiting.path("id"));
    }
  }

  @Test
  void anEndpointThatIsDeletedGetsNothingAnyMore() throws Exception {
    String waiting = deliveryThatWaits();

    house.api().delete(endpoint.path()).expectNoContent();
    JsonNode unsent = company.publish("customer.created", customer(2));

    assertThat(unsent.path("deliveries").intValue()).isZero();
    assertSkipped(waiting, "cancelled", 1);
    assertThat(house.api().get(endpoint.path()).status()).isEqualTo(404);
    assertThat(endpoint.redeliver(waiting).status()).isEqualTo(409);
    assertThatNothingMoreLeft();
  }

  @Test
  void whereSeveralReasonsHoldTheFirstOfTheOrderIsRecorded() {
    endpoint.patch("{\"paused\": true}");
    company.useWebhooks(false);
    JsonNode unsent = company.publish("customer.created", customer(1));
    assertSkipped(deliveryOf(unsent), "webhooks_off", 0);

    company.useWebhooks(true);
    JsonNode paused = company.publish("customer.created", customer(2));
    assertSkipped(deliveryOf(paused), "endpoint_paused", 0);
  }

  @Test
  void anEditedUrlIsWherePendingRetriesGoWithTheSameBytes() throws Exception {
    String waiting = deliveryThatWaits();
    try (Consumer moved = Consumer.thatAccepts()) {
      endpoint.patch("{\"url\": \"%s\"}".formatted(moved.url()));
      endpoint.redeliver(waiting).expect(202);

      Hook hook = moved.next();
      assertThat(hook.id()).isEqualTo(waiting);
      assertThat(hook.text()).isEqualTo(consumer.hooks().getFirst().text());
    }
  }

  @Test
  void anEndpointThatIsPausedMayBeTestedAndRedeliveredTo() {
    String waiting = deliveryThatWaits();
    endpoint.patch("{\"paused\": true}");
    assertSkipped(waiting, "endpoint_paused", 1);

    JsonNode tested = house.api().post(endpoint.path() + "/test", "").expect(200);
    endpoint.redeliver(waiting).expect(202);

    assertThat(tested.path("attempt").path("status_code").intValue()).isEqualTo(200);
    company.delivery(waiting, "delivered");
  }

  @Test
  void whileWebhooksAreOffTestsAndRedeliveriesAreRefusedWithWhatToSwitchOn() {
    String waiting = deliveryThatWaits();
    company.useWebhooks(false);

    assertThat(
            house.api().post(endpoint.path() + "/test", "").expect(409).path("detail").asString())
        .contains("webhooks_enabled");
    assertThat(endpoint.redeliver(waiting).expect(409).path("detail").asString())
        .contains("webhooks_enabled");
    assertThatNothingMoreLeft();
  }

  /// Publishes an event whose first attempt fails, and returns the id of its delivery.
  private String deliveryThatWaits() {
    String event = company.customerCreated(1);
    String delivery =
        endpoint.deliveries().stream()
            .filter(found -> found.path("event_id").stringValue().equals(event))
            .findFirst()
            .orElseThrow()
            .path("id")
            .stringValue();
    company.delivery(delivery, "retrying");
    return delivery;
  }

  private String deliveryOf(JsonNode published) {
    String event = published.path("id").stringValue();
    List<JsonNode> found = company.deliveries("q=" + event);
    assertThat(found).hasSize(1);
    return found.getFirst().path("id").stringValue();
  }

  private void assertSkipped(String delivery, String reason, int attempts) {
    JsonNode skipped = company.delivery(delivery, "skipped");
    assertThat(skipped.path("skip_reason").stringValue()).isEqualTo(reason);
    assertThat(skipped.path("attempt_count").intValue()).isEqualTo(attempts);
    assertThat(skipped.path("attempts").size()).isEqualTo(attempts);
  }

  /// The fence: what another company published later has arrived.
  private void assertThatNothingMoreLeft() {
    try (Consumer other = Consumer.thatAccepts()) {
      Company fence = house.newCompany();
      Endpoint behind = fence.subscribe(other.url(), "customer.created");
      fence.customerCreated(1);
      behind.onlyDelivery("delivered");
    }
    assertThat(consumer.count()).isEqualTo(1);
  }

  private void assertThatTheNextLeaves() throws InterruptedException {
    consumer.next();
    String event = company.customerCreated(3);
    assertThat(consumer.next().eventId()).isEqualTo(event);
    assertThat(consumer.count()).isEqualTo(2);
  }

  private static String customer(int number) {
    return "{\"customerId\": %d, \"displayName\": \"Chris Bale\"}".formatted(number);
  }
}
