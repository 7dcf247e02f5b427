package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.EngineListener;
import com.poolbrain.webhooks.engine.intake.PublishResult;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import com.poolbrain.webhooks.simulation.world.FaultInjector.CallFault;
import com.poolbrain.webhooks.simulation.world.PublishCall;
import com.poolbrain.webhooks.simulation.world.PublishRequestFactory;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints;
import com.poolbrain.webhooks.simulation.world.SimulatedNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// What goes wrong in a way that nobody foresaw costs what it touched, and the node goes on.
final class UnexpectedExceptionTest {

  private static final Duration FAST = Duration.ofMillis(5);

  @AfterEach
  void assertExceptionWasLogged() {
    assertThat(ErrorLog.drain()).isNotEmpty();
  }

  @RepeatedTest(5)
  void an_unexpected_exception_while_storing_fails_that_publish_and_the_next_is_accepted(
      RepetitionInfo seed) {
    ScriptedSimulation simulation = new ScriptedSimulation(seed.getCurrentRepetition());
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode();
      Endpoint endpoint = simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(FAST));
      simulation.world.faultInjector().injectNext("store", CallFault.UNEXPECTED_EXCEPTION);
      PublishCall first = simulation.publish(node, 40, 1);
      simulation.await("the first is answered", first::isAnswered);
      assertThat(first.failure()).isInstanceOf(IllegalStateException.class);

      simulation.world.faultInjector().injectNext("remembered", CallFault.UNEXPECTED_EXCEPTION);
      PublishCall second =
          simulation.publish(
              node,
              PublishRequestFactory.withIdempotencyKey(
                  simulation.request(40, 1).events(), "import 17"));
      simulation.await("the second is answered", second::isAnswered);
      assertThat(second.failure()).isInstanceOf(StackOverflowError.class);

      PublishCall third = simulation.publish(node, 40, 1);
      simulation.await("the third is answered", third::isAnswered);
      assertThat(third.result()).isInstanceOf(PublishResult.Accepted.class);
      simulation.await(
          "it arrives", () -> simulation.allHaveStatus(endpoint, DeliveryStatus.DELIVERED));
      assertThat(simulation.requests(endpoint)).hasSize(1);
      simulation.await("all is given back", () -> node.engine().stats().queuedBytes() == 0);
    });
  }

  @RepeatedTest(5)
  void an_unexpected_exception_while_recording_results_loses_no_result(RepetitionInfo seed) {
    ScriptedSimulation simulation = new ScriptedSimulation(seed.getCurrentRepetition());
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode();
      Endpoint endpoint = simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(FAST));
      simulation.world.faultInjector().injectNext("settle", CallFault.UNEXPECTED_EXCEPTION);
      simulation.publish(node, 40, 20);
      simulation.await("all are delivered", () -> countDelivered(simulation, endpoint) == 20);
      simulation.await("none is on its way", () -> node.engine().stats().unrecorded() == 0);
      assertThat(simulation.requests(endpoint)).hasSize(20);
    });
  }

  @RepeatedTest(5)
  void a_successful_attempt_that_the_ledger_rejects_still_ends_its_delivery(RepetitionInfo seed) {
    ScriptedSimulation simulation = new ScriptedSimulation(seed.getCurrentRepetition());
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode();
      Endpoint endpoint = simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(FAST));
      simulation.world.faultInjector().injectNext("settle", CallFault.REJECTED);
      simulation.publish(node, 40, 1);
      simulation.await("it is delivered", () -> countDelivered(simulation, endpoint) == 1);
      assertThat(simulation.requests(endpoint)).hasSize(1);
      assertThat(simulation.onlyDelivery(endpoint).attempts()).isEmpty();
    });
  }

  @RepeatedTest(5)
  void a_failed_attempt_that_the_ledger_rejects_is_retried_on_schedule(RepetitionInfo seed) {
    ScriptedSimulation simulation = new ScriptedSimulation(seed.getCurrentRepetition());
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode();
      Endpoint endpoint =
          simulation.addEndpoint(
              40,
              RetryTest.replyInOrder(
                  SimulatedEndpoints.status(500, FAST), SimulatedEndpoints.ok(FAST)));
      simulation.world.faultInjector().injectNext("settle", CallFault.REJECTED);
      simulation.publish(node, 40, 1);
      simulation.await("it was tried", () -> simulation.requests(endpoint).size() == 1);
      simulation.await("it is free", () -> simulation.onlyDelivery(endpoint).owner() == null);
      Duration releasedAt = simulation.now();
      simulation.await(
          "it is delivered",
          Duration.ofMinutes(6),
          () -> countDelivered(simulation, endpoint) == 1);
      assertThat(simulation.now().minus(releasedAt)).isGreaterThan(Duration.ofMinutes(4));
      assertThat(simulation.requests(endpoint)).hasSize(2);
    });
  }

  @RepeatedTest(5)
  void a_listener_that_throws_affects_neither_publishes_nor_results(RepetitionInfo seed) {
    ScriptedSimulation simulation = new ScriptedSimulation(seed.getCurrentRepetition());
    simulation.run(() -> {
      SimulatedNode node = simulation.startNodeWithListener(new ThrowingListener());
      Endpoint endpoint = simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(FAST));
      List<PublishCall> publishCalls = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        publishCalls.add(simulation.publish(node, 40, 1));
      }
      simulation.await(
          "all are answered", () -> publishCalls.stream().allMatch(PublishCall::isAnswered));
      assertThat(publishCalls)
          .extracting(PublishCall::result)
          .hasOnlyElementsOfType(PublishResult.Accepted.class);
      simulation.await("all are delivered", () -> countDelivered(simulation, endpoint) == 10);
      simulation.await("none is on its way", () -> node.engine().stats().unrecorded() == 0);
    });
  }

  private static long countDelivered(ScriptedSimulation simulation, Endpoint endpoint) {
    return simulation.deliveries(endpoint).stream()
        .filter(delivery -> delivery.status() == DeliveryStatus.DELIVERED)
        .count();
  }

  private static final class ThrowingListener implements EngineListener {
    @Override
    public void onEventsAccepted(List<Receipt> receipts) {
      throw new IllegalStateException("simulated");
    }

    @Override
    public void onDeliveryRecorded(DeliveryRecorded finished) {
      throw new StackOverflowError("simulated");
    }

    @Override
    public void onDeliveriesSkipped(DeliveriesSkipped deliveriesSkipped) {
      throw new IllegalStateException("simulated");
    }
  }
}
