package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.EngineListener;
import com.poolbrain.webhooks.engine.intake.PublishResult;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import com.poolbrain.webhooks.simulation.world.FaultInjector.CallFault;
import com.poolbrain.webhooks.simulation.world.FaultInjector.LedgerCall;
import com.poolbrain.webhooks.simulation.world.PublishCall;
import com.poolbrain.webhooks.simulation.world.PublishRequestFactory;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints;
import com.poolbrain.webhooks.simulation.world.SimulatedNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;

/// An unexpected exception affects only the call that it happens in, and the node goes on.
final class UnexpectedExceptionTest extends SimulationFixture {

  private static final Duration FAST = Duration.ofMillis(5);

  @AfterEach
  void assertExceptionWasLogged() {
    assertThat(ErrorLog.drain()).isNotEmpty();
  }

  @RepeatedTest(5)
  void an_unexpected_exception_while_storing_fails_that_publish_and_the_next_is_accepted() {
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode();
      Endpoint endpoint = simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(FAST));
      simulation.world.faultInjector().injectNext(LedgerCall.STORE, CallFault.UNEXPECTED_EXCEPTION);
      PublishCall first = simulation.publish(node, 40, 1);
      simulation.awaitAnswered(first);
      assertThat(first.failure()).isInstanceOf(IllegalStateException.class);

      simulation
          .world
          .faultInjector()
          .injectNext(LedgerCall.FIND_STORED_RESPONSES, CallFault.UNEXPECTED_EXCEPTION);
      PublishCall second =
          simulation.publish(
              node,
              PublishRequestFactory.withIdempotencyKey(
                  simulation.request(40, 1).events(), "import 17"));
      simulation.awaitAnswered(second);
      assertThat(second.failure()).isInstanceOf(StackOverflowError.class);

      PublishCall third = simulation.publish(node, 40, 1);
      simulation.awaitAnswered(third);
      assertThat(third.result()).isInstanceOf(PublishResult.Accepted.class);
      simulation.awaitDelivered(endpoint);
      assertThat(simulation.requests(endpoint)).hasSize(1);
      simulation.await(
          "the queue bytes are released", () -> node.engine().stats().queuedBytes() == 0);
    });
  }

  @RepeatedTest(5)
  void an_unexpected_exception_while_recording_results_loses_no_result() {
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode();
      Endpoint endpoint = simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(FAST));
      simulation
          .world
          .faultInjector()
          .injectNext(LedgerCall.RECORD_RESULTS, CallFault.UNEXPECTED_EXCEPTION);
      simulation.publish(node, 40, 20);
      simulation.awaitDelivered(endpoint, 20, ScriptedSimulation.DEFAULT_TIMEOUT);
      simulation.await("all results are recorded", () -> node.engine().stats().unrecorded() == 0);
      assertThat(simulation.requests(endpoint)).hasSize(20);
    });
  }

  @RepeatedTest(5)
  void a_successful_attempt_that_the_ledger_rejects_still_ends_its_delivery() {
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode();
      Endpoint endpoint = simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(FAST));
      simulation.world.faultInjector().injectNext(LedgerCall.RECORD_RESULTS, CallFault.REJECTED);
      simulation.publish(node, 40, 1);
      simulation.awaitDelivered(endpoint, 1, ScriptedSimulation.DEFAULT_TIMEOUT);
      assertThat(simulation.requests(endpoint)).hasSize(1);
      assertThat(simulation.onlyDelivery(endpoint).attempts()).isEmpty();
    });
  }

  @RepeatedTest(5)
  void a_failed_attempt_that_the_ledger_rejects_is_retried_on_schedule() {
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode();
      Endpoint endpoint =
          simulation.addEndpoint(
              40,
              RetryTest.replyInOrder(
                  SimulatedEndpoints.status(500, FAST), SimulatedEndpoints.ok(FAST)));
      simulation.world.faultInjector().injectNext(LedgerCall.RECORD_RESULTS, CallFault.REJECTED);
      simulation.publish(node, 40, 1);
      simulation.awaitRequests(endpoint, 1);
      simulation.await(
          "the delivery is released", () -> simulation.onlyDelivery(endpoint).owner() == null);
      Duration releasedAt = simulation.now();
      simulation.awaitDelivered(endpoint, Duration.ofMinutes(6));
      assertThat(simulation.now().minus(releasedAt)).isGreaterThan(Duration.ofMinutes(4));
      assertThat(simulation.requests(endpoint)).hasSize(2);
    });
  }

  @RepeatedTest(5)
  void a_listener_that_throws_affects_neither_publishes_nor_results() {
    simulation.run(() -> {
      SimulatedNode node = simulation.startNodeWithListener(new ThrowingListener());
      Endpoint endpoint = simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(FAST));
      List<PublishCall> publishCalls = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        publishCalls.add(simulation.publish(node, 40, 1));
      }
      simulation.awaitAnswered(publishCalls);
      assertThat(publishCalls)
          .extracting(PublishCall::result)
          .hasOnlyElementsOfType(PublishResult.Accepted.class);
      simulation.awaitDelivered(endpoint, 10, ScriptedSimulation.DEFAULT_TIMEOUT);
      simulation.await("all results are recorded", () -> node.engine().stats().unrecorded() == 0);
    });
  }

  private static final class ThrowingListener implements EngineListener {
    @Override
    public void onEventsAccepted(List<Receipt> receipts, List<NewDelivery> skipped) {
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
