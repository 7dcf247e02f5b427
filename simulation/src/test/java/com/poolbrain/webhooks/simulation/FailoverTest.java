package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.simulation.world.FaultInjector.CallFault;
import com.poolbrain.webhooks.simulation.world.FaultInjector.LedgerCall;
import com.poolbrain.webhooks.simulation.world.PublishCall;
import com.poolbrain.webhooks.simulation.world.SentRequest;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints;
import com.poolbrain.webhooks.simulation.world.SimulatedNetwork;
import com.poolbrain.webhooks.simulation.world.SimulatedNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;

/// No delivery is lost when nodes die, pause or lose responses of the ledger.
final class FailoverTest extends SimulationFixture {

  private static final Duration SECOND = Duration.ofSeconds(1);

  @RepeatedTest(5)
  void deliveries_of_a_dead_node_are_sent_by_another_node_after_its_lease() {
    simulation.run(() -> {
      SimulatedNode first = simulation.startNode();
      simulation.startNode();
      simulation.advance(ScriptedSimulation.LEASE);
      Endpoint endpoint =
          simulation.addEndpoint(
              40,
              RetryTest.replyInOrder(
                  SimulatedEndpoints.noResponse(), SimulatedEndpoints.ok(Duration.ofMillis(5))));
      simulation.publish(first, 40, 1);
      simulation.awaitRequests(endpoint, 1);
      first.kill();
      Duration killedAt = simulation.now();
      simulation.awaitDelivered(endpoint);

      assertThat(simulation.now().minus(killedAt))
          .isBetween(
              ScriptedSimulation.LEASE.minus(SECOND),
              ScriptedSimulation.LEASE.plus(SECOND.multipliedBy(3)));
      List<SentRequest> sent = simulation.requests(endpoint);
      assertThat(sent)
          .extracting(SentRequest::deliveryId)
          .containsOnly(sent.getFirst().deliveryId());
      assertThat(sent)
          .extracting(request -> request.header("X-Webhook-Attempt"))
          .containsExactly("1", "1");
      assertThat(sent.get(1).request().body()).isEqualTo(sent.get(0).request().body());
      assertThat(simulation.onlyDelivery(endpoint).attempts()).hasSize(1);
    });
  }

  @RepeatedTest(5)
  void a_late_success_of_an_expired_node_ends_the_delivery() {
    simulation.run(() -> {
      Endpoint endpoint = recordLateResult(SimulatedEndpoints.ok(SECOND));

      SimulatedDelivery delivery = simulation.onlyDelivery(endpoint);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.DELIVERED);
      assertThat(delivery.attempts()).hasSize(2);
      assertThat(delivery.attempts().getLast().late()).isTrue();
    });
  }

  @RepeatedTest(5)
  void a_late_failure_of_an_expired_node_does_not_advance_the_schedule() {
    simulation.run(() -> {
      Endpoint endpoint = recordLateResult(SimulatedEndpoints.status(500, SECOND));

      SimulatedDelivery delivery = simulation.onlyDelivery(endpoint);
      assertThat(delivery.status()).isEqualTo(DeliveryStatus.RETRYING);
      assertThat(delivery.attempts()).hasSize(2);
      assertThat(delivery.attempts().getLast().late()).isTrue();
      simulation.await(
          "the delivery has failed permanently",
          Duration.ofHours(1),
          () -> delivery.status() == DeliveryStatus.PERMANENTLY_FAILED);
      assertThat(delivery.attempts().stream().filter(attempt -> !attempt.late())).hasSize(4);
    });
  }

  /// Pauses the first node during an attempt until the second node has made a failed attempt.
  ///
  /// @param first the reply to the first node
  private Endpoint recordLateResult(SimulatedNetwork.Reply first) throws InterruptedException {
    SimulatedNode expiredNode = simulation.startNode();
    simulation.startNode();
    simulation.advance(ScriptedSimulation.LEASE);
    Endpoint endpoint =
        simulation.addEndpoint(
            40,
            RetryTest.replyInOrder(first, SimulatedEndpoints.status(500, Duration.ofMillis(5))));
    simulation.publish(expiredNode, 40, 1);
    simulation.awaitRequests(endpoint, 1);
    expiredNode.pause();
    simulation.await(
        "the second attempt is recorded",
        () -> simulation.onlyDelivery(endpoint).status() == DeliveryStatus.RETRYING);
    expiredNode.resume();
    simulation.await(
        "the late attempt is recorded",
        () -> simulation.onlyDelivery(endpoint).attempts().size() == 2);
    return endpoint;
  }

  @RepeatedTest(5)
  void an_expired_node_sends_none_of_the_deliveries_it_owned() {
    simulation.run(() -> {
      SimulatedNode expiredNode = simulation.startNode(ScriptedSimulation.settings(40, 1));
      simulation.startNode();
      simulation.advance(ScriptedSimulation.LEASE);
      Endpoint endpoint =
          simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(Duration.ofMillis(100)));
      simulation.publish(expiredNode, 40, 30);
      simulation.awaitRequests(endpoint, 5);
      expiredNode.pause();
      simulation.awaitDelivered(endpoint);
      int before = simulation.requests(endpoint).size();
      expiredNode.resume();
      simulation.publish(expiredNode, 40, 1);
      simulation.awaitDelivered(endpoint, 31, ScriptedSimulation.DEFAULT_TIMEOUT);

      assertThat(simulation.requests(endpoint)).hasSize(before + 1);
    });
  }

  @RepeatedTest(5)
  void an_expired_node_applies_configuration_changes_made_meanwhile() {
    simulation.run(() -> {
      SimulatedNode expiredNode = simulation.startNode();
      simulation.startNode();
      simulation.advance(ScriptedSimulation.LEASE);
      Endpoint endpoint = simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(SECOND));
      expiredNode.pause();
      simulation.advance(ScriptedSimulation.LEASE.multipliedBy(2));
      simulation
          .world
          .ledger()
          .configure(
              Objects.requireNonNull(expiredNode.engine().companyConfig(40))
                  .withWebhooksEnabled(false));
      expiredNode.resume();
      simulation.publish(expiredNode, 40, 1);
      simulation.await("the delivery is stored", () -> simulation.deliveries(endpoint).size() == 1);

      assertThat(simulation.onlyDelivery(endpoint).status()).isEqualTo(DeliveryStatus.SKIPPED);
      assertThat(simulation.requests(endpoint)).isEmpty();
    });
  }

  @RepeatedTest(10)
  void two_live_nodes_never_make_the_same_attempt() {
    simulation.run(() -> {
      SimulatedNode one = simulation.startNode(ScriptedSimulation.settings(4, 2));
      SimulatedNode two = simulation.startNode(ScriptedSimulation.settings(4, 2));
      Endpoint endpoint =
          simulation.addEndpoint(
              40,
              sentRequest ->
                  sentRequest.header("X-Webhook-Attempt").equals("3")
                      ? SimulatedEndpoints.ok(Duration.ofMillis(7))
                      : SimulatedEndpoints.status(500, Duration.ofMillis(7)));
      simulation.publish(one, 40, 60);
      simulation.publish(two, 40, 60);
      simulation.awaitDelivered(endpoint, 120, Duration.ofHours(1));

      assertThat(simulation.requests(endpoint)).hasSize(360);
      assertThat(
              new HashSet<>(
                  simulation.requests(endpoint).stream().map(FailoverTest::attemptKey).toList()))
          .hasSize(360);
    });
  }

  private record AttemptKey(UUID deliveryId, String attemptNumber) {}

  private static AttemptKey attemptKey(SentRequest sentRequest) {
    return new AttemptKey(sentRequest.deliveryId(), sentRequest.header("X-Webhook-Attempt"));
  }

  @RepeatedTest(5)
  void a_publish_whose_commit_is_unknown_fails_as_such_and_is_delivered_if_stored() {
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode();
      Endpoint endpoint =
          simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(Duration.ofMillis(5)));
      for (CallFault callFault :
          List.of(
              CallFault.LOST_NOT_STORED,
              CallFault.LOST_BUT_STORED,
              CallFault.LOST_AND_STORED_LATE)) {
        int stored = simulation.deliveries(endpoint).size();
        simulation.world.faultInjector().injectNext(LedgerCall.STORE, callFault);
        PublishCall publishCall = simulation.publish(node, 40, 3);
        simulation.awaitAnswered(publishCall);
        assertThat(publishCall.failure()).isInstanceOf(LedgerException.CommitUnknown.class);
        simulation.advance(ScriptedSimulation.LEASE);
        assertThat(simulation.deliveries(endpoint))
            .hasSize(callFault == CallFault.LOST_BUT_STORED ? stored + 3 : stored);
        simulation.awaitDelivered(endpoint);
      }
      assertThat(simulation.requests(endpoint)).hasSize(3);
    });
  }

  @RepeatedTest(5)
  void claims_whose_response_is_lost_are_still_delivered() {
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode();
      Endpoint endpoint =
          simulation.addEndpoint(
              40,
              RetryTest.replyInOrder(
                  SimulatedEndpoints.status(500, Duration.ofMillis(5)),
                  SimulatedEndpoints.ok(Duration.ofMillis(5))));
      simulation.publish(node, 40, 1);
      simulation.awaitRequests(endpoint, 1);
      simulation.world.faultInjector().injectNext(LedgerCall.CLAIM, CallFault.LOST_BUT_STORED);
      simulation.awaitDelivered(endpoint, Duration.ofMinutes(7));

      assertThat(simulation.requests(endpoint)).hasSize(2);
    });
  }

  @RepeatedTest(5)
  void while_the_ledger_is_unavailable_publishes_fail_and_results_are_buffered() {
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode();
      Endpoint endpoint = simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(SECOND));
      simulation.publish(node, 40, 2);
      simulation.awaitRequests(endpoint, 2);
      simulation.world.faultInjector().setOutage(true);
      PublishCall publishCall = simulation.publish(node, 40, 1);
      simulation.awaitAnswered(publishCall);
      assertThat(publishCall.failure()).isInstanceOf(LedgerException.Unavailable.class);
      simulation.advance(ScriptedSimulation.LEASE.minus(SECOND));
      simulation.world.faultInjector().setOutage(false);
      simulation.awaitDelivered(endpoint);
      assertThat(simulation.requests(endpoint)).hasSize(2);

      simulation.publish(node, 40, 1);
      simulation.awaitRequests(endpoint, 3);
    });
  }

  @RepeatedTest(5)
  void a_node_cut_off_for_longer_than_its_lease_resumes_work() {
    simulation.run(() -> {
      SimulatedNode node = simulation.startNode(ScriptedSimulation.settings(40, 1));
      Endpoint endpoint = simulation.addEndpoint(40, _ -> SimulatedEndpoints.ok(SECOND));
      simulation.publish(node, 40, 6);
      simulation.awaitRequests(endpoint, 1);
      simulation.world.faultInjector().setOutage(true);
      simulation.advance(ScriptedSimulation.LEASE.multipliedBy(3));
      simulation.world.faultInjector().setOutage(false);
      simulation.awaitDelivered(endpoint);
      assertThat(simulation.requests(endpoint)).hasSize(6);
    });
  }
}
