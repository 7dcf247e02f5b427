package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.Cancelling;
import com.poolbrain.webhooks.engine.Trial;
import com.poolbrain.webhooks.simulation.Network.Reply;
import java.time.Duration;
import java.util.concurrent.Callable;

/// A delivery, and somebody who asks something of it.
@SuppressWarnings("NullAway.Init") // every test begins with them
abstract class OneByHand {

  static final Duration QUICK = Duration.ofMillis(5);
  static final Reply FAILS = Consumers.status(500, QUICK);
  static final Reply WORKS = Consumers.ok(QUICK);

  Play play;
  NodeProcess node;
  Endpoint endpoint;
  Delivery delivery;

  /// One delivery, whose attempts are answered so.
  final void given(Reply... replies) throws InterruptedException {
    node = play.node(Play.settings(40, 1));
    endpoint = play.endpoint(40, RetryTest.answers(replies));
    play.publish(node, 40, 1);
    play.await("it is tried", () -> play.received(endpoint).size() == 1);
    delivery = play.onlyDelivery(endpoint);
  }

  final void awaitStatus(DeliveryStatus status) throws InterruptedException {
    play.await("it is " + status, Duration.ofHours(1), () -> delivery.status() == status);
  }

  final void awaitAttempts(int count) throws InterruptedException {
    play.await("attempt " + count + " is on record", () -> delivery.attempts().size() == count);
  }

  /// Asks on a thread of the node, and waits for the answer.
  final <T> T ask(Callable<T> question) throws InterruptedException {
    Object[] answer = new Object[1];
    node.call(() -> {
      try {
        answer[0] = question.call();
      } catch (Exception e) {
        answer[0] = e;
      }
    });
    play.await("it is answered", () -> answer[0] != null);
    @SuppressWarnings("unchecked") // or it fails where it is used
    T given = (T) answer[0];
    return given;
  }

  final Trial redeliver() throws InterruptedException {
    return ask(() -> node.engine().redeliver(40, delivery.id()));
  }

  final Cancelling cancel() throws InterruptedException {
    return ask(() -> node.engine().cancel(40, delivery.id()));
  }

  final Trial test() throws InterruptedException {
    return ask(
        () -> node.engine().test(40, endpoint.id(), Types.STATUS, ConfigurationChanges.sample()));
  }
}
