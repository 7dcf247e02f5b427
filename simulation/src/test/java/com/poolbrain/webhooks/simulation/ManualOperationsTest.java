package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.ledger.CancelResult;
import com.poolbrain.webhooks.engine.manual.ManualAttemptResult;
import com.poolbrain.webhooks.simulation.world.PublishRequestFactory;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints;
import com.poolbrain.webhooks.simulation.world.SimulatedEventTypes;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;

/// Manual operations on one delivery in every state.
final class ManualOperationsTest extends SingleDeliveryFixture {

  @RepeatedTest(5)
  void redeliver_of_a_delivered_delivery_sends_the_same_bytes_again() {
    simulation.run(() -> {
      publishDelivery(SUCCESS, FAILURE, SUCCESS);
      awaitStatus(DeliveryStatus.DELIVERED);
      assertThat(redeliver()).isInstanceOf(ManualAttemptResult.Started.class);
      awaitAttempts(2);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.DELIVERED);
      assertThat(redeliver()).isInstanceOf(ManualAttemptResult.Started.class);
      awaitAttempts(3);

      assertThat(delivery.attempts())
          .extracting(recordedAttempt -> recordedAttempt.attempt().trigger())
          .containsExactly(Trigger.AUTOMATIC, Trigger.MANUAL, Trigger.MANUAL);
      assertThat(simulation.requests(endpoint))
          .extracting(sentRequest -> sentRequest.header("X-Webhook-Attempt"))
          .containsExactly("1", "2", "3");
      assertThat(simulation.requests(endpoint))
          .allSatisfy(sentRequest ->
              assertThat(sentRequest.request().body())
                  .isEqualTo(simulation.requests(endpoint).getFirst().request().body()));
    });
  }

  @RepeatedTest(5)
  void a_failed_redelivery_keeps_the_retry_schedule() {
    simulation.run(() -> {
      publishDelivery(FAILURE);
      awaitStatus(DeliveryStatus.RETRYING);
      Instant dueBefore = delivery.dueAt();
      assertThat(redeliver()).isInstanceOf(ManualAttemptResult.Started.class);
      awaitAttempts(2);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.RETRYING);
      assertThat(delivery.dueAt()).isEqualTo(dueBefore);

      awaitStatus(DeliveryStatus.PERMANENTLY_FAILED);
      assertThat(delivery.attempts()).hasSize(5);
    });
  }

  @RepeatedTest(5)
  void a_successful_redelivery_cancels_the_remaining_retries() {
    simulation.run(() -> {
      publishDelivery(FAILURE, SUCCESS);
      awaitStatus(DeliveryStatus.RETRYING);
      redeliver();
      awaitStatus(DeliveryStatus.DELIVERED);
      simulation.advance(Duration.ofMinutes(10));
      assertThat(simulation.requests(endpoint)).hasSize(2);
    });
  }

  @RepeatedTest(5)
  void redeliver_is_refused_while_an_attempt_runs_or_webhooks_are_off() {
    simulation.run(() -> {
      publishDelivery(SimulatedEndpoints.status(500, Duration.ofSeconds(2)), FAILURE);
      assertThat(redeliver()).isInstanceOf(ManualAttemptResult.Busy.class);
      assertThat(cancel()).isEqualTo(CancelResult.BUSY);
      simulation.changeConfig(40, company -> company.withWebhooksEnabled(false));
      awaitStatus(DeliveryStatus.SKIPPED);
      assertThat(redeliver()).isEqualTo(new ManualAttemptResult.Forbidden(SkipReason.WEBHOOKS_OFF));
      assertThat(sendTest()).isEqualTo(new ManualAttemptResult.Forbidden(SkipReason.WEBHOOKS_OFF));
      simulation.changeConfig(40, company -> company.withWebhooksEnabled(true));
      simulation.await("the delivery is released", () -> delivery.owner() == null);
      assertThat(redeliver()).isInstanceOf(ManualAttemptResult.Started.class);
      awaitStatus(DeliveryStatus.PERMANENTLY_FAILED);
    });
  }

  @RepeatedTest(5)
  void cancel_skips_a_delivery_that_waits_for_its_retry_or_in_its_queue() {
    simulation.run(() -> {
      publishDelivery(FAILURE, SimulatedEndpoints.ok(Duration.ofSeconds(5)));
      awaitStatus(DeliveryStatus.RETRYING);
      assertThat(cancel()).isEqualTo(CancelResult.CANCELLED);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.SKIPPED);
      assertThat(cancel()).isEqualTo(CancelResult.ALREADY_ENDED);

      simulation.publish(node, 40, 3);
      simulation.awaitRequests(endpoint, 2);
      delivery = simulation.deliveries(endpoint).getLast();
      assertThat(cancel()).isEqualTo(CancelResult.CANCELLED);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.SKIPPED);
      simulation.await(
          "no delivery is open", () -> simulation.world.ledger().openDeliveryCount() == 0);
      assertThat(simulation.requests(endpoint)).hasSize(3);
    });
  }

  @RepeatedTest(5)
  void deliveries_and_endpoints_of_another_company_are_unknown() {
    simulation.run(() -> {
      publishDelivery(FAILURE);
      awaitStatus(DeliveryStatus.RETRYING);
      UUID id = delivery.id();
      assertThat(callOnNode(() -> node.engine().redeliver(41, id, "key of a test")))
          .isInstanceOf(ManualAttemptResult.NotFound.class);
      assertThat(callOnNode(() -> node.engine().cancel(41, id))).isEqualTo(CancelResult.NOT_FOUND);
      assertThat(
              callOnNode(() ->
                  node.engine()
                      .sendTest(
                          41,
                          endpoint.id(),
                          SimulatedEventTypes.CUSTOMER_STATUS_UPDATED,
                          PublishRequestFactory.testItem(),
                          "key of a test")))
          .isInstanceOf(ManualAttemptResult.NotFound.class);
    });
  }
}
