package com.poolbrain.webhooks.e2e.support;

import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedConnection;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// An endpoint that refuses webhooks, then accepts some and leaves all others without an answer,
/// then accepts all. It remembers which deliveries it has accepted.
public final class AnsweringReceiver implements AutoCloseable {

  private static final Duration RESPONSE_DELAY = Duration.ofMillis(5);

  private final List<String> accepted = new ArrayList<>();
  private final CompletableFuture<Void> mayAnswerAll = new CompletableFuture<>();
  private final HttpsReceiver receiver = HttpsReceiver.scripted(this::serve);
  private int answersBeforePause = Integer.MAX_VALUE;
  private boolean isRefusing;

  private void serve(ScriptedConnection connection) throws IOException {
    while (true) {
      ReceivedRequest request = connection.readRequest();
      int place = placeAmongAccepted(request.deliveryId());
      connection.delay(RESPONSE_DELAY);
      if (place == 0) {
        connection.respond(503, "");
      } else {
        if (place > pause()) {
          mayAnswerAll.join();
        }
        connection.respond(200, "");
      }
    }
  }

  /// The number of this webhook among those that are accepted, from 1; 0 if it is refused.
  private synchronized int placeAmongAccepted(String deliveryId) {
    if (isRefusing) {
      return 0;
    }
    accepted.add(deliveryId);
    return accepted.size();
  }

  private synchronized int pause() {
    return answersBeforePause;
  }

  /// The URL to subscribe.
  public URI url() {
    return receiver.url();
  }

  /// Answers all webhooks with 503 from now on.
  public synchronized void refuseAll() {
    isRefusing = true;
  }

  /// Accepts webhooks from now on, and leaves those after the first few without an answer.
  public synchronized void acceptUpTo(int webhooks) {
    isRefusing = false;
    answersBeforePause = webhooks;
  }

  /// Answers the webhooks that wait, and all further ones, with 200.
  public void acceptAll() {
    mayAnswerAll.complete(null);
  }

  /// The delivery of each webhook that is, or will be, answered with 200, in the order received.
  public synchronized List<String> acceptedIds() {
    return List.copyOf(accepted);
  }

  @Override
  public void close() {
    acceptAll();
    receiver.close();
  }
}
