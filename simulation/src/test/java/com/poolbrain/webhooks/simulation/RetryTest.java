package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.simulation.world.SentRequest;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints.Responder;
import com.poolbrain.webhooks.simulation.world.SimulatedNetwork;
import com.poolbrain.webhooks.simulation.world.SimulatedNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/// Failed deliveries are tried again when the guide says so, and not more often.
final class RetryTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  @RepeatedTest(5)
  void a_failing_delivery_is_retried_after_5_10_and_30_minutes_and_then_fails_permanently(
      RepetitionInfo seed) {
    ScriptedSimulation simulation = new ScriptedSimulation(seed.getCurrentRepetition());
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode();
      Endpoint endpoint =
          simulation.addEndpoint(40, _ -> SimulatedEndpoints.status(500, Duration.ofSeconds(3)));
      simulation.publish(node, 40, 1);
      simulation.await(
          "it is given up",
          MINUTE.multipliedBy(60),
          () ->
              simulation.requests(endpoint).size() > 3
                  && simulation.allHaveStatus(endpoint, DeliveryStatus.PERMANENTLY_FAILED));

      assertThat(simulation.requests(endpoint)).hasSize(4);
      assertDelay(measuredDelays(simulation, endpoint).get(0), MINUTE.multipliedBy(5));
      assertDelay(measuredDelays(simulation, endpoint).get(1), MINUTE.multipliedBy(10));
      assertDelay(measuredDelays(simulation, endpoint).get(2), MINUTE.multipliedBy(30));
      assertThat(simulation.requests(endpoint))
          .extracting(sentRequest -> sentRequest.header("X-Webhook-Attempt"))
          .containsExactly("1", "2", "3", "4");
      assertThat(simulation.requests(endpoint))
          .allSatisfy(sentRequest ->
              assertThat(sentRequest.request().body())
                  .isEqualTo(simulation.requests(endpoint).getFirst().request().body()));
    });
  }

  @RepeatedTest(5)
  void retry_after_extends_a_retry_delay_to_at_most_twice_its_length(RepetitionInfo seed) {
    ScriptedSimulation simulation = new ScriptedSimulation(seed.getCurrentRepetition());
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode();
      Endpoint endpoint =
          simulation.addEndpoint(
              40,
              replyInOrder(
                  SimulatedEndpoints.statusWithRetryAfter(
                      429, MINUTE.multipliedBy(8), Duration.ZERO),
                  SimulatedEndpoints.statusWithRetryAfter(503, Duration.ofHours(3), Duration.ZERO),
                  SimulatedEndpoints.statusWithRetryAfter(503, MINUTE, Duration.ZERO),
                  SimulatedEndpoints.ok(Duration.ZERO)));
      simulation.publish(node, 40, 1);
      simulation.await(
          "it is delivered",
          MINUTE.multipliedBy(90),
          () ->
              simulation.requests(endpoint).size() == 4
                  && simulation.allHaveStatus(endpoint, DeliveryStatus.DELIVERED));

      List<Duration> delays = measuredDelays(simulation, endpoint);
      assertThat(delays.get(0))
          .isBetween(MINUTE.multipliedBy(8), MINUTE.multipliedBy(8).plus(TOLERANCE));
      assertThat(delays.get(1))
          .isBetween(MINUTE.multipliedBy(20), MINUTE.multipliedBy(20).plus(TOLERANCE));
      assertDelay(delays.get(2), MINUTE.multipliedBy(30));
    });
  }

  @RepeatedTest(5)
  void a_retry_sends_the_same_bytes_to_the_current_url(RepetitionInfo seed) {
    ScriptedSimulation simulation = new ScriptedSimulation(seed.getCurrentRepetition());
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode();
      Endpoint endpoint =
          simulation.addEndpoint(
              40,
              replyInOrder(
                  SimulatedEndpoints.connectionReset(Duration.ZERO),
                  SimulatedEndpoints.ok(Duration.ZERO)));
      simulation.publish(node, 40, 1);
      simulation.await("it fails", () -> simulation.requests(endpoint).size() == 1);
      simulation.changeConfig(
          40, company -> CompanyConfigEdits.withUrlPath(company, endpoint.id(), "elsewhere"));
      simulation.await(
          "it is delivered",
          MINUTE.multipliedBy(10),
          () -> simulation.allHaveStatus(endpoint, DeliveryStatus.DELIVERED));

      List<SentRequest> received = simulation.requests(endpoint);
      assertThat(received).hasSize(2);
      assertThat(received.get(1).request().url())
          .isEqualTo(SimulatedEndpoints.url(endpoint.id(), "elsewhere"));
      assertThat(received.get(1).request().body()).isEqualTo(received.get(0).request().body());
    });
  }

  /// One after the other, and the last one from then on.
  static Responder replyInOrder(SimulatedNetwork.Reply... replies) {
    int[] next = {0};
    return _ -> replies[Math.min(next[0]++, replies.length - 1)];
  }

  private static List<Duration> measuredDelays(ScriptedSimulation simulation, Endpoint endpoint) {
    List<SentRequest> sent = simulation.requests(endpoint);
    List<Duration> delays = new ArrayList<>();
    for (int i = 1; i < sent.size(); i++) {
      delays.add(Duration.ofNanos(sent.get(i).sentAtNanos() - sent.get(i - 1).endedAtNanos()));
    }
    return delays;
  }

  private static void assertDelay(Duration delay, Duration planned) {
    Duration jitter = planned.dividedBy(10);
    assertThat(delay).isBetween(planned, planned.plus(jitter).plus(TOLERANCE));
  }
}
