package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.ledger.CancelResult;
import com.poolbrain.webhooks.engine.manual.ManualAttemptResult;
import com.poolbrain.webhooks.simulation.world.PublishRequestFactory;
import com.poolbrain.webhooks.simulation.world.SimulatedDelivery;
import com.poolbrain.webhooks.simulation.world.SimulatedEndpoints;
import com.poolbrain.webhooks.simulation.world.SimulatedEventTypes;
import com.poolbrain.webhooks.simulation.world.SimulatedNetwork.Reply;
import com.poolbrain.webhooks.simulation.world.SimulatedNode;
import java.time.Duration;
import java.util.concurrent.Callable;

/// One delivery, and manual operations on it.
@SuppressWarnings("NullAway.Init") // set by publishDelivery or by the test
abstract class SingleDeliveryFixture extends SimulationFixture {

  static final Duration FAST = Duration.ofMillis(5);
  static final Reply FAILURE = SimulatedEndpoints.status(500, FAST);
  static final Reply SUCCESS = SimulatedEndpoints.ok(FAST);

  SimulatedNode node;
  Endpoint endpoint;
  SimulatedDelivery delivery;

  /// Publishes one delivery and waits for its first request.
  ///
  /// @param replies see [RetryTest#replyInOrder]
  final void publishDelivery(Reply... replies) throws InterruptedException {
    node = simulation.startNode(ScriptedSimulation.settings(40, 1));
    endpoint = simulation.addEndpoint(40, RetryTest.replyInOrder(replies));
    simulation.publish(node, 40, 1);
    simulation.awaitRequests(endpoint, 1);
    delivery = simulation.onlyDelivery(endpoint);
  }

  final void awaitStatus(DeliveryStatus status) throws InterruptedException {
    simulation.await(
        "the delivery is " + status, Duration.ofHours(1), () -> delivery.status() == status);
  }

  final void awaitAttempts(int count) throws InterruptedException {
    simulation.await(
        "attempt " + count + " is recorded", () -> delivery.attempts().size() == count);
  }

  /// Calls on a thread of the node and waits for the result.
  final <T> T callOnNode(Callable<T> call) throws InterruptedException {
    Object[] result = new Object[1];
    node.call(() -> {
      try {
        result[0] = call.call();
      } catch (Exception e) {
        result[0] = e;
      }
    });
    simulation.await("the call has returned", () -> result[0] != null);
    @SuppressWarnings("unchecked") // a wrong type fails where it is used
    T typed = (T) result[0];
    return typed;
  }

  final ManualAttemptResult redeliver() throws InterruptedException {
    return callOnNode(() -> node.engine().redeliver(40, delivery.id(), "key of a test"));
  }

  final CancelResult cancel() throws InterruptedException {
    return callOnNode(() -> node.engine().cancel(40, delivery.id()));
  }

  final ManualAttemptResult sendTest() throws InterruptedException {
    return callOnNode(() ->
        node.engine()
            .sendTest(
                40,
                endpoint.id(),
                SimulatedEventTypes.CUSTOMER_STATUS_UPDATED,
                PublishRequestFactory.testItem(),
                "key of a test"));
  }
}
