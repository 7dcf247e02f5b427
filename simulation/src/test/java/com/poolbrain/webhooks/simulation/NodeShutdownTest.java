package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.engine.EngineSettings;
import com.poolbrain.webhooks.engine.intake.PublishResult;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.simulation.world.PublishCall;
import com.poolbrain.webhooks.simulation.world.PublishRequestFactory;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints;
import com.poolbrain.webhooks.simulation.world.SimulatedEventTypes;
import com.poolbrain.webhooks.simulation.world.SimulatedNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// A node that shuts down records its running attempts and releases its other deliveries.
final class NodeShutdownTest extends SimulationFixture {

  private static final Duration CLOSE_DELAY_STEP = Duration.ofNanos(200_000);

  @RepeatedTest(5)
  void shutdown_records_attempts_in_flight_and_releases_queued_deliveries() {
    simulation.run(() -> {
      SimulatedNode closingNode = simulation.startNode(ScriptedSimulation.settings(40, 2));
      Endpoint endpoint =
          simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(Duration.ofSeconds(3)));
      simulation.publish(closingNode, 40, 10);
      simulation.awaitRequests(endpoint, 2);
      closingNode.close();
      simulation.await("the node has shut down", () -> !closingNode.isRunning());

      assertThat(simulation.requests(endpoint)).hasSize(2);
      assertThat(simulation.deliveries(endpoint))
          .filteredOn(delivery -> delivery.status() == DeliveryStatus.DELIVERED)
          .hasSize(2);
      assertThat(simulation.deliveries(endpoint)).allMatch(delivery -> delivery.owner() == null);
      assertThat(closingNode.remainingThreads()).isZero();

      simulation.startNode();
      simulation.awaitDelivered(endpoint);
      assertThat(simulation.requests(endpoint)).hasSize(10);
    });
  }

  @RepeatedTest(5)
  void shutdown_does_not_wait_for_a_hanging_endpoint() {
    simulation.run(() -> {
      SimulatedNode closingNode =
          simulation.startNode(
              new EngineSettings(
                  ScriptedSimulation.LEASE, RetrySchedule.DEFAULT, Duration.ofSeconds(30), 10, 10));
      Endpoint endpoint = simulation.addEndpoint(40, _ -> SimulatedEndpoints.noResponse());
      simulation.publish(closingNode, 40, 3);
      simulation.awaitRequests(endpoint, 2);
      Duration before = simulation.now();
      closingNode.close();
      simulation.await("the node has shut down", () -> !closingNode.isRunning());

      assertThat(simulation.now().minus(before)).isLessThan(Duration.ofSeconds(15));
      assertThat(simulation.deliveries(endpoint))
          .allMatch(delivery -> delivery.owner() == null && delivery.attempts().isEmpty());
      assertThat(closingNode.remainingThreads()).isZero();
    });
  }

  @RepeatedTest(5)
  void every_publish_during_shutdown_is_answered() {
    simulation.run(() -> {
      SimulatedNode closingNode = simulation.startNode();
      Endpoint endpoint =
          simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(Duration.ofMillis(5)));
      PublishCall before = simulation.publish(closingNode, 40, 1);
      simulation.awaitAnswered(before);
      PublishCall during = simulation.publish(closingNode, 40, 1);
      closingNode.close();
      PublishCall after = simulation.publish(closingNode, 40, 1);
      simulation.awaitAnswered(List.of(during, after));

      assertThat(before.result()).isInstanceOf(PublishResult.Accepted.class);
      int stored = simulation.deliveries(endpoint).size();
      for (PublishCall publishCall : List.of(during, after)) {
        if (publishCall.failure() != null) {
          assertThat(publishCall.failure()).isInstanceOf(LedgerException.Unavailable.class);
          stored++;
        }
      }
      assertThat(stored).isEqualTo(3);
    });
  }

  @RepeatedTest(20)
  void a_test_requested_during_shutdown_is_sent_or_refused(RepetitionInfo repetition) {
    simulation.run(() -> {
      SimulatedNode closingNode = simulation.startNode();
      Endpoint endpoint =
          simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(Duration.ofMillis(5)));
      closingNode.call(() -> sendTest(closingNode, endpoint));
      simulation.advance(CLOSE_DELAY_STEP.multipliedBy(repetition.getCurrentRepetition()));
      closingNode.close();
      simulation.await("the node has shut down", () -> !closingNode.isRunning());

      assertThat(closingNode.remainingThreads()).isZero();
      assertThat(simulation.deliveries(endpoint)).hasSameSizeAs(simulation.requests(endpoint));
      assertThat(simulation.world.ledger().openDeliveryCount()).isZero();
    });
  }

  @RepeatedTest(5)
  void shutdown_ends_while_the_ledger_is_unavailable() {
    simulation.run(() -> {
      SimulatedNode closingNode = simulation.startNode();
      Endpoint endpoint =
          simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(Duration.ofSeconds(1)));
      simulation.publish(closingNode, 40, 5);
      simulation.await("two requests were sent", () -> simulation.requests(endpoint).size() >= 2);
      simulation.world.faultInjector().setOutage(true);
      closingNode.close();
      simulation.await("the node has shut down", () -> !closingNode.isRunning());
      simulation.world.faultInjector().setOutage(false);

      simulation.startNode();
      simulation.awaitDelivered(endpoint);
      assertThat(simulation.deliveries(endpoint)).hasSize(5);
    });
  }

  @RepeatedTest(5)
  void close_may_be_called_twice() {
    simulation.run(() -> {
      SimulatedNode closingNode = simulation.startNode();
      boolean[] closed = new boolean[2];
      for (int i = 0; i < 2; i++) {
        int index = i;
        closingNode.call(() -> {
          closingNode.engine().close();
          closed[index] = true;
        });
      }
      simulation.await("both calls have returned", () -> closed[0] && closed[1]);
    });
  }

  private static void sendTest(SimulatedNode node, Endpoint endpoint) throws InterruptedException {
    try {
      node.engine()
          .sendTest(
              40,
              endpoint.id(),
              SimulatedEventTypes.CUSTOMER_STATUS_UPDATED,
              PublishRequestFactory.testItem(),
              "key of a test");
    } catch (LedgerException.Unavailable _) {
      // The node has shut down before.
    }
  }
}
