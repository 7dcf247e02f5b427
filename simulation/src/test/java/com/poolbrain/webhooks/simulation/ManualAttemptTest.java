package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.AttemptDetails;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.manual.ManualAttemptResult;
import com.poolbrain.webhooks.simulation.world.PublishRequestFactory;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints;
import com.poolbrain.webhooks.simulation.world.SimulatedEventTypes;
import com.poolbrain.webhooks.simulation.world.SimulatedNetwork.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.RepeatedTest;

/// Manual attempts skip the queues, but have limits of their own.
final class ManualAttemptTest extends SingleDeliveryFixture {

  @RepeatedTest(5)
  void a_paused_endpoint_accepts_manual_attempts_and_a_deleted_endpoint_refuses_them() {
    simulation.run(() -> {
      publishDelivery(FAILURE, SUCCESS);
      awaitStatus(DeliveryStatus.RETRYING);
      simulation.changeConfig(
          40, company -> company.withEndpoint(endpoint.id(), e -> e.withPaused(true)));
      awaitStatus(DeliveryStatus.SKIPPED);
      assertThat(sendTest()).isInstanceOf(ManualAttemptResult.Completed.class);
      assertThat(redeliver()).isInstanceOf(ManualAttemptResult.Started.class);
      awaitStatus(DeliveryStatus.DELIVERED);

      simulation.changeConfig(
          40, company -> company.withEndpoint(endpoint.id(), e -> e.withDeleted(true)));
      simulation.await("the delivery is released", () -> delivery.owner() == null);
      assertThat(redeliver()).isEqualTo(new ManualAttemptResult.Forbidden(SkipReason.CANCELLED));
      assertThat(sendTest()).isEqualTo(new ManualAttemptResult.Forbidden(SkipReason.CANCELLED));
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.DELIVERED);
    });
  }

  @RepeatedTest(2)
  void details_are_kept_of_failed_and_manual_attempts_only() {
    simulation.run(() -> {
      publishDelivery(FAILURE, SUCCESS, SUCCESS);
      awaitStatus(DeliveryStatus.DELIVERED);
      assertThat(redeliver()).isInstanceOf(ManualAttemptResult.Started.class);
      awaitAttempts(3);

      AttemptDetails failed = details(0);
      assertThat(failed.url()).isEqualTo(endpoint.url().toString());
      assertThat(failed.plannedAt()).isNotNull();
      assertThat(failed.actor()).isNull();
      assertThat(delivery.attempts().get(1).attempt().details()).isNull();
      AttemptDetails manual = details(2);
      assertThat(manual.url()).isEqualTo(endpoint.url().toString());
      assertThat(manual.plannedAt()).isNull();
      assertThat(manual.actor()).isEqualTo("key of a test");
    });
  }

  private AttemptDetails details(int attempt) {
    return Objects.requireNonNull(delivery.attempts().get(attempt).attempt().details());
  }

  @RepeatedTest(5)
  void a_queued_delivery_can_be_redelivered() {
    simulation.run(() -> {
      publishDelivery(SimulatedEndpoints.ok(Duration.ofSeconds(8)), FAILURE, SUCCESS);
      simulation.publish(node, 40, 2);
      simulation.await(
          "three deliveries are stored", () -> simulation.deliveries(endpoint).size() == 3);
      delivery = simulation.deliveries(endpoint).getLast();
      assertThat(redeliver()).isInstanceOf(ManualAttemptResult.Started.class);
      awaitAttempts(1);
      assertThat(simulation.requests(endpoint)).hasSize(2);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.PENDING);
      assertThat(delivery.attempts().getFirst().attempt().trigger()).isEqualTo(Trigger.MANUAL);

      simulation.awaitDelivered(endpoint);
      assertThat(delivery.attempts()).hasSize(2);
      simulation.await("all results are recorded", () -> node.engine().stats().unrecorded() == 0);
      assertThat(node.engine().stats().queuedBytes()).isZero();
    });
  }

  @RepeatedTest(5)
  void a_failed_test_delivery_is_not_retried() {
    simulation.run(() -> {
      node = simulation.startNode();
      endpoint = simulation.addEndpoint(40, _ -> FAILURE);
      assertThat(sendTest())
          .isInstanceOfSatisfying(
              ManualAttemptResult.Completed.class,
              completed -> {
                assertThat(completed.sent().attempt().trigger()).isEqualTo(Trigger.TEST);
                assertThat(completed.recorded().attemptNumber()).isEqualTo(1);
              });
      simulation.advance(Duration.ofHours(1));
      assertThat(simulation.requests(endpoint)).hasSize(1);
      assertThat(simulation.requests(endpoint).getFirst().header("X-Webhook-Test"))
          .isEqualTo("true");
      assertThat(simulation.onlyDelivery(endpoint).status())
          .isEqualTo(DeliveryStatus.PERMANENTLY_FAILED);
    });
  }

  @RepeatedTest(5)
  void concurrent_manual_attempts_are_limited() {
    simulation.run(() -> {
      Reply[] reply = {SUCCESS};
      node = simulation.startNode();
      endpoint = simulation.addEndpoint(40, _ -> reply[0]);
      simulation.publish(node, 40, 10);
      simulation.await(
          "ten deliveries are stored", () -> simulation.deliveries(endpoint).size() == 10);
      simulation.awaitDelivered(endpoint);
      reply[0] = SimulatedEndpoints.ok(Duration.ofSeconds(5));
      List<ManualAttemptResult> results = new ArrayList<>();
      for (SimulatedDelivery next : simulation.deliveries(endpoint)) {
        delivery = next;
        results.add(redeliver());
      }
      assertThat(results.subList(0, 4)).hasOnlyElementsOfType(ManualAttemptResult.Started.class);
      assertThat(results.subList(4, 10))
          .hasOnlyElementsOfType(ManualAttemptResult.LimitReached.class);
      assertThat(sendTest()).isInstanceOf(ManualAttemptResult.LimitReached.class);

      simulation.await(
          "no delivery is open", () -> simulation.world.ledger().openDeliveryCount() == 0);
      assertThat(simulation.requests(endpoint)).hasSize(14);
      assertThat(redeliver()).isInstanceOf(ManualAttemptResult.Started.class);
    });
  }

  @RepeatedTest(5)
  void a_manual_attempt_that_is_dropped_with_its_incarnation_frees_its_slot() {
    simulation.run(() -> {
      publishDelivery(SimulatedEndpoints.ok(Duration.ofSeconds(8)), SUCCESS);
      simulation.publish(node, 40, 1);
      simulation.await("a second delivery is queued", () -> node.engine().stats().waiting() == 1);
      delivery = simulation.deliveries(endpoint).getLast();

      simulation.world.faultInjector().setOutage(true);
      simulation.await("the lease is too old", () -> !node.engine().stats().isLeaseFresh());
      assertThat(redeliver()).isInstanceOf(ManualAttemptResult.Started.class);
      simulation.await("the attempt is queued again", () -> node.engine().stats().waiting() == 1);
      assertThat(delivery.attempts()).isEmpty();

      simulation.world.ledger().deregisterNode(node.engine().incarnation());
      simulation.world.faultInjector().setOutage(false);
      simulation.awaitDelivered(endpoint);
      assertThat(delivery.attempts())
          .extracting(recordedAttempt -> recordedAttempt.attempt().trigger())
          .as("the incarnation was restarted, and the claim dropped")
          .containsExactly(Trigger.AUTOMATIC);
      assertThat(redeliver()).isInstanceOf(ManualAttemptResult.Started.class);
    });
  }

  @RepeatedTest(5)
  void manual_operations_fail_as_commit_unknown_while_the_ledger_is_unavailable() {
    simulation.run(() -> {
      node = simulation.startNode(ScriptedSimulation.settings(40, 1));
      endpoint = simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(Duration.ofSeconds(3)));
      simulation.publish(node, 40, 2);
      simulation.awaitRequests(endpoint, 1);
      delivery = simulation.deliveries(endpoint).getLast();
      Object[] testResult = new Object[1];
      node.call(() -> testResult[0] = resultOrException(this::sendTestOnNode));
      simulation.awaitRequests(endpoint, 2);

      simulation.world.faultInjector().setOutage(true);
      assertThat(callOnNode(() -> resultOrException(() -> node.engine().cancel(40, delivery.id()))))
          .isInstanceOf(LedgerException.CommitUnknown.class);
      simulation.await(
          "the test call has failed", Duration.ofMinutes(1), () -> testResult[0] != null);
      assertThat(testResult[0]).isInstanceOf(LedgerException.CommitUnknown.class);

      simulation.world.faultInjector().setOutage(false);
      awaitStatus(DeliveryStatus.SKIPPED);
      simulation.await(
          "the test delivery has ended", () -> simulation.world.ledger().openDeliveryCount() == 0);
    });
  }

  private Object sendTestOnNode() throws InterruptedException {
    return node.engine()
        .sendTest(
            40,
            endpoint.id(),
            SimulatedEventTypes.CUSTOMER_STATUS_UPDATED,
            PublishRequestFactory.testItem(),
            "key of a test");
  }

  /// The result of a call, or the exception that it threw.
  private static Object resultOrException(Callable<Object> call) {
    try {
      return call.call();
    } catch (Exception e) {
      return e;
    }
  }
}
