package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.simulation.world.SentRequest;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints;
import com.poolbrain.webhooks.simulation.world.SimulatedNode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;

/// The backlog of an endpoint that recovers is sent with growing concurrency. While the endpoint is
/// down it gets one attempt a second, the failure budget of a node of this size, and its queued
/// deliveries keep their attempts.
final class EndpointRecoveryTest extends SimulationFixture {

  private static final Duration HEALTHY_UNTIL = Duration.ofMinutes(1);
  private static final Duration DOWN_UNTIL = Duration.ofMinutes(5);
  private static final int MAX_CONCURRENCY = 16;

  @RepeatedTest(3)
  void the_backlog_of_a_recovered_endpoint_drains_with_gradually_growing_concurrency() {
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode(ScriptedSimulation.settings(40, MAX_CONCURRENCY));
      Endpoint endpoint =
          simulation.addEndpoint(
              40,
              sentRequest ->
                  sentRequest.sentAtNanos() >= HEALTHY_UNTIL.toNanos()
                          && sentRequest.sentAtNanos() < DOWN_UNTIL.toNanos()
                      ? SimulatedEndpoints.connectRefused()
                      : SimulatedEndpoints.ok(Duration.ofSeconds(1)));
      simulation.publish(node, 40, 100);
      simulation.await(
          "100 requests were sent",
          HEALTHY_UNTIL,
          () -> simulation.requests(endpoint).size() == 100);
      simulation.advance(HEALTHY_UNTIL);
      simulation.publish(node, 40, 600);
      int downSeconds = (int) DOWN_UNTIL.minus(simulation.now()).toSeconds();
      simulation.awaitDelivered(endpoint, 700, Duration.ofMinutes(20));

      List<SentRequest> received = simulation.requests(endpoint);
      int maxRunning = 0;
      for (SentRequest sentRequest : received) {
        if (sentRequest.sentAtNanos() >= DOWN_UNTIL.toNanos()) {
          long successes =
              received.stream()
                  .filter(request -> request.outcome() instanceof Outcome.Delivered)
                  .filter(request ->
                      request.sentAtNanos() >= DOWN_UNTIL.toNanos()
                          && request.endedAtNanos() <= sentRequest.sentAtNanos())
                  .count();
          long allowed = Math.min(MAX_CONCURRENCY, 2L << Math.min(successes, 10));
          int running = SentRequest.countInFlight(received, sentRequest.sentAtNanos());
          assertThat(running).isLessThanOrEqualTo((int) allowed);
          maxRunning = Math.max(maxRunning, running);
        }
      }
      assertThat(maxRunning).isEqualTo(MAX_CONCURRENCY);
      List<SentRequest> delivered =
          received.stream()
              .filter(request -> request.outcome() instanceof Outcome.Delivered)
              .toList();
      assertThat(delivered).hasSize(700);
      assertThat(received.size() - delivered.size())
          .as("failed requests: one a second, and at first as many as were allowed in flight")
          .isBetween(1 + downSeconds, MAX_CONCURRENCY + 10 + downSeconds);
    });
  }
}
