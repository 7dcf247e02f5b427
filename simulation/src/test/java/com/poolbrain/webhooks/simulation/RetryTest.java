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

/// Failed deliveries are retried on the documented schedule.
final class RetryTest extends SimulationFixture {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration TOLERANCE = Duration.ofSeconds(2);

  @RepeatedTest(5)
  void a_failing_delivery_is_retried_after_5_10_and_30_minutes_and_then_fails_permanently() {
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode();
      Endpoint endpoint =
          simulation.addEndpoint(40, _ -> SimulatedEndpoints.status(500, Duration.ofSeconds(3)));
      simulation.publish(node, 40, 1);
      simulation.await(
          "the delivery has failed permanently",
          MINUTE.multipliedBy(60),
          () ->
              simulation.requests(endpoint).size() > 3
                  && simulation.allHaveStatus(endpoint, DeliveryStatus.PERMANENTLY_FAILED));

      assertThat(simulation.requests(endpoint)).hasSize(4);
      assertDelay(measuredDelays(endpoint).get(0), MINUTE.multipliedBy(5));
      assertDelay(measuredDelays(endpoint).get(1), MINUTE.multipliedBy(10));
      assertDelay(measuredDelays(endpoint).get(2), MINUTE.multipliedBy(30));
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
  void retry_after_extends_a_retry_delay_to_at_most_twice_its_length() {
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
          "the delivery is delivered",
          MINUTE.multipliedBy(90),
          () ->
              simulation.requests(endpoint).size() == 4
                  && simulation.allHaveStatus(endpoint, DeliveryStatus.DELIVERED));

      List<Duration> delays = measuredDelays(endpoint);
      assertThat(delays.get(0))
          .isBetween(MINUTE.multipliedBy(8), MINUTE.multipliedBy(8).plus(TOLERANCE));
      assertThat(delays.get(1))
          .isBetween(MINUTE.multipliedBy(20), MINUTE.multipliedBy(20).plus(TOLERANCE));
      assertDelay(delays.get(2), MINUTE.multipliedBy(30));
    });
  }

  @RepeatedTest(5)
  void a_retry_sends_the_same_bytes_to_the_current_url() {
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode();
      Endpoint endpoint =
          simulation.addEndpoint(
              40,
              replyInOrder(
                  SimulatedEndpoints.connectionReset(Duration.ZERO),
                  SimulatedEndpoints.ok(Duration.ZERO)));
      simulation.publish(node, 40, 1);
      simulation.awaitRequests(endpoint, 1);
      simulation.changeConfig(
          40,
          company ->
              company.withEndpoint(
                  endpoint.id(), e -> e.withUrl(SimulatedEndpoints.url(e.id(), "elsewhere"))));
      simulation.awaitDelivered(endpoint, MINUTE.multipliedBy(10));

      List<SentRequest> received = simulation.requests(endpoint);
      assertThat(received).hasSize(2);
      assertThat(received.get(1).request().url())
          .isEqualTo(SimulatedEndpoints.url(endpoint.id(), "elsewhere"));
      assertThat(received.get(1).request().body()).isEqualTo(received.get(0).request().body());
    });
  }

  /// Replies one after the other, and then always with the last one.
  static Responder replyInOrder(SimulatedNetwork.Reply... replies) {
    int[] next = {0};
    return _ -> replies[Math.min(next[0]++, replies.length - 1)];
  }

  private List<Duration> measuredDelays(Endpoint endpoint) {
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
