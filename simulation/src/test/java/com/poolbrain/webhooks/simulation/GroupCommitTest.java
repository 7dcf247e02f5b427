package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.intake.PublishRequest;
import com.poolbrain.webhooks.engine.intake.PublishResult;
import com.poolbrain.webhooks.simulation.world.FaultInjector.CallFault;
import com.poolbrain.webhooks.simulation.world.FaultInjector.LedgerCall;
import com.poolbrain.webhooks.simulation.world.PublishCall;
import com.poolbrain.webhooks.simulation.world.PublishRequestFactory;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints;
import com.poolbrain.webhooks.simulation.world.SimulatedNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;

/// Concurrent publishes share one transaction, without an effect on their results.
final class GroupCommitTest extends SimulationFixture {

  @RepeatedTest(5)
  void
      the_first_publish_commits_at_once_and_the_next_transaction_commits_all_that_arrived_meanwhile() {
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode();
      simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(Duration.ofMillis(5)));
      int before = simulation.world.ledger().storeCount();
      simulation.world.faultInjector().fixLatency(Duration.ofMillis(100));
      PublishCall first = simulation.publish(node, 40, 1);
      simulation.advance(Duration.ofMillis(50));
      List<PublishCall> others = new ArrayList<>();
      for (int i = 0; i < 30; i++) {
        others.add(simulation.publish(node, 40, 1));
      }
      simulation.awaitAnswered(first);
      assertThat(others).noneMatch(PublishCall::isAnswered);
      simulation.awaitAnswered(others);

      assertThat(simulation.world.ledger().storeCount() - before).isEqualTo(2);
    });
  }

  @RepeatedTest(10)
  void concurrent_publishes_with_one_idempotency_key_get_one_result() {
    simulation.run(() -> {
      SimulatedNode firstNode = simulation.startNode();
      SimulatedNode secondNode = simulation.startNode();
      Endpoint endpoint =
          simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(Duration.ofMillis(5)));
      PublishRequest keyedRequest =
          PublishRequestFactory.withIdempotencyKey(simulation.request(40, 3).events(), "import 17");
      List<PublishCall> publishCalls = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        publishCalls.add(simulation.publish(i % 2 == 0 ? firstNode : secondNode, keyedRequest));
      }
      simulation.awaitAnswered(publishCalls);

      assertThat(publishCalls)
          .extracting(PublishCall::result)
          .containsOnly(publishCalls.getFirst().result())
          .hasOnlyElementsOfType(PublishResult.Accepted.class);
      assertThat(simulation.deliveries(endpoint)).hasSize(3);
    });
  }

  @RepeatedTest(5)
  void a_publish_that_the_ledger_rejects_does_not_fail_the_rest_of_its_batch() {
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode();
      Endpoint endpoint =
          simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(Duration.ofMillis(5)));
      simulation.world.faultInjector().fixLatency(Duration.ofMillis(50));
      simulation.publish(node, 40, 1);
      simulation.advance(Duration.ofMillis(20));
      simulation
          .world
          .faultInjector()
          .injectNext(LedgerCall.STORE, CallFault.NONE, CallFault.REJECTED, CallFault.REJECTED);
      List<PublishCall> publishCalls = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        publishCalls.add(simulation.publish(node, 40, 1));
      }
      simulation.awaitAnswered(publishCalls);

      assertThat(publishCalls).filteredOn(publishCall -> publishCall.failure() != null).hasSize(1);
      simulation.awaitRequests(endpoint, 4);
      simulation.await(
          "the queue bytes are released", () -> node.engine().stats().queuedBytes() == 0);
    });
  }
}
