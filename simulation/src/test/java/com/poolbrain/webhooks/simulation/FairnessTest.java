package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.engine.EngineSettings;
import com.poolbrain.webhooks.simulation.world.SentRequest;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints;
import com.poolbrain.webhooks.simulation.world.SimulatedNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;

/// Companies and endpoints do not slow each other down.
final class FairnessTest extends SimulationFixture {

  private static final Duration FAST = Duration.ofMillis(5);

  @RepeatedTest(3)
  void ten_thousand_events_of_one_company_do_not_delay_another_company() {
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode(ScriptedSimulation.settings(20, 16));
      Endpoint busy = simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(FAST));
      Endpoint other = simulation.addEndpoint(41, _ -> SimulatedEndpoints.ok(FAST));
      simulation.publish(node, 40, 10_000);
      simulation.await(
          "more than 50 requests were sent", () -> simulation.requests(busy).size() > 50);
      Duration before = simulation.now();
      simulation.publish(node, 41, 1);
      simulation.awaitRequests(other, 1);

      assertThat(simulation.now().minus(before)).isLessThan(Duration.ofMillis(60));
      simulation.awaitDelivered(busy, Duration.ofMinutes(5));
      assertThat(simulation.requests(busy)).hasSize(10_000);
    });
  }

  @RepeatedTest(5)
  void a_hanging_endpoint_gets_two_attempts_at_a_time_after_five_failures() {
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode(ScriptedSimulation.settings(40, 16));
      Endpoint hanging = simulation.addEndpoint(40, _ -> SimulatedEndpoints.noResponse());
      simulation.publish(node, 40, 30);
      simulation.await(
          "five attempts have ended",
          Duration.ofMinutes(3),
          () -> countEnded(simulation.requests(hanging)) >= 5);
      long fromNanos = simulation.now().toNanos();
      simulation.await(
          "every delivery was sent",
          Duration.ofMinutes(5),
          () -> simulation.requests(hanging).size() >= 30);

      assertThat(maxConcurrent(simulation.requests(hanging), fromNanos)).isEqualTo(2);
    });
  }

  @RepeatedTest(5)
  void hanging_endpoints_share_a_quarter_of_the_attempts_in_flight() {
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode(ScriptedSimulation.settings(16, 8));
      List<Endpoint> hanging = new ArrayList<>();
      for (int i = 0; i < 6; i++) {
        hanging.add(simulation.addEndpoint(40 + i, _ -> SimulatedEndpoints.noResponse()));
        simulation.publish(node, 40 + i, 14);
      }
      simulation.await(
          "every hanging endpoint has failed often",
          Duration.ofMinutes(5),
          () -> hanging.stream().allMatch(e -> countEnded(simulation.requests(e)) >= 6));
      Endpoint healthy = simulation.addEndpoint(50, _ -> SimulatedEndpoints.ok(FAST));
      long fromNanos = simulation.now().toNanos();
      simulation.publish(node, 50, 100);
      simulation.awaitRequests(healthy, 100);

      assertThat(simulation.now().toNanos() - fromNanos)
          .isLessThan(Duration.ofSeconds(1).toNanos());
      simulation.await(
          "every delivery was sent",
          Duration.ofMinutes(10),
          () -> hanging.stream().allMatch(e -> simulation.requests(e).size() >= 14));
      List<SentRequest> slow =
          hanging.stream().flatMap(endpoint -> simulation.requests(endpoint).stream()).toList();
      assertThat(maxConcurrent(slow, fromNanos)).isLessThanOrEqualTo(4);
    });
  }

  @RepeatedTest(5)
  void failing_endpoints_share_their_probe_slots_evenly() {
    simulation.run(() -> {
      SimulatedNode node =
          simulation.startNode(ScriptedSimulation.settings(4, 1)); // one probe slot
      List<Endpoint> hanging = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        hanging.add(
            simulation.addEndpoint(
                40 + i % 2, _ -> SimulatedEndpoints.connectionReset(Duration.ofSeconds(1))));
      }
      simulation.publish(node, 40, 12);
      simulation.publish(node, 41, 12);
      simulation.await(
          "every hanging endpoint has failed often",
          Duration.ofMinutes(2),
          () -> hanging.stream().allMatch(e -> countEnded(simulation.requests(e)) >= 5));
      int[] before = requestCounts(hanging);
      simulation.advance(Duration.ofSeconds(12));
      int[] after = requestCounts(hanging);

      for (int i = 0; i < before.length; i++) {
        assertThat(after[i] - before[i]).isBetween(2, 4);
      }
    });
  }

  @RepeatedTest(5)
  void deliveries_that_overflow_the_queue_are_claimed_later_in_order() {
    simulation.run(() -> {
      EngineSettings settings =
          new EngineSettings(
              ScriptedSimulation.LEASE,
              RetrySchedule.DEFAULT,
              ScriptedSimulation.ATTEMPT_TIMEOUT,
              4,
              1);
      SimulatedNode node = simulation.startNode(settings); // a queue limit of 20
      Endpoint endpoint =
          simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(Duration.ofMillis(20)));
      for (int i = 0; i < 20; i++) {
        simulation.publish(node, 40, 15);
        simulation.advance(Duration.ofMillis(100));
      }
      simulation.awaitDelivered(endpoint, 300, Duration.ofMinutes(2));

      List<UUID> expectedIds =
          simulation.deliveries(endpoint).stream().map(SimulatedDelivery::id).toList();
      assertThat(simulation.requests(endpoint))
          .extracting(SentRequest::deliveryId)
          .containsExactlyElementsOf(expectedIds);
      assertThat(node.engine().stats().queuedBytes()).isZero();
    });
  }

  @RepeatedTest(5)
  void queued_bytes_are_bounded_and_full_queues_do_not_delay_another_company() {
    simulation.run(() -> {
      SimulatedNode node =
          simulation.startNode(ScriptedSimulation.settings(40, 2)); // 12.5 MiB of queues
      long max = 0;
      for (int i = 0; i < 12; i++) {
        simulation.addEndpoint(40 + i, _ -> SimulatedEndpoints.noResponse());
        for (int n = 0; n < 20; n++) {
          simulation.publish(node, simulation.largeRequest(40 + i, 200_000));
        }
        simulation.advance(Duration.ofSeconds(1));
        max = Math.max(max, node.engine().stats().queuedBytes());
      }
      Endpoint healthy = simulation.addEndpoint(80, _ -> SimulatedEndpoints.ok(FAST));
      Duration before = simulation.now();
      simulation.publish(node, simulation.largeRequest(80, 200_000));
      simulation.awaitRequests(healthy, 1);

      assertThat(simulation.now().minus(before)).isLessThan(Duration.ofMillis(100));
      for (int i = 0; i < 40; i++) {
        simulation.advance(Duration.ofSeconds(1));
        max = Math.max(max, node.engine().stats().queuedBytes());
      }
      assertThat(max).isBetween(4L << 20, 13L << 20);
    });
  }

  private int[] requestCounts(List<Endpoint> endpoints) {
    return endpoints.stream().mapToInt(e -> simulation.requests(e).size()).toArray();
  }

  private static long countEnded(List<SentRequest> sent) {
    return sent.stream().filter(request -> request.outcome() != null).count();
  }

  /// The most requests in flight when a request was sent after the given time.
  private static int maxConcurrent(List<SentRequest> sent, long fromNanos) {
    int max = 0;
    for (SentRequest request : sent) {
      if (request.sentAtNanos() > fromNanos) {
        max = Math.max(max, SentRequest.countInFlight(sent, request.sentAtNanos()));
      }
    }
    return max;
  }
}
