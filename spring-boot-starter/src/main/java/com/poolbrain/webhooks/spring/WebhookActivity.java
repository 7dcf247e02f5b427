package com.poolbrain.webhooks.spring;

import com.poolbrain.webhooks.consumer.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the receiver of this application did, for metrics and health.
final class WebhookActivity {

  /// More failures in a row than one delivery has attempts, so a single webhook that always fails
  /// does not make the application unhealthy.
  static final int UNHEALTHY_FAILURES = 5;

  /// All kinds of replies, by the names that metrics have.
  static final Map<Class<? extends Reply>, String> REPLIES =
      Map.of(
          Reply.Handled.class, "handled",
          Reply.Stored.class, "stored",
          Reply.Duplicate.class, "duplicate",
          Reply.Ignored.class, "ignored",
          Reply.Malformed.class, "malformed",
          Reply.Unauthorized.class, "unauthorized",
          Reply.InProgress.class, "in_progress",
          Reply.TooLarge.class, "too_large",
          Reply.Failed.class, "failed");

  private final Map<String, LongAdder> replies =
      REPLIES.values().stream()
          .collect(Collectors.toUnmodifiableMap(Function.identity(), name -> new LongAdder()));
  private final List<HandlerCalls> handlers = new CopyOnWriteArrayList<>();
  private final AtomicInteger failuresInARow = new AtomicInteger();

  WebhookActivity() {}

  void replied(Reply reply) {
    LongAdder count = replies.get(REPLIES.get(reply.getClass()));
    if (count != null) {
      count.increment();
    }
  }

  HandlerCalls addHandler(String event) {
    var calls = new HandlerCalls(event, failuresInARow);
    handlers.add(calls);
    return calls;
  }

  /// Counts of replies, by their names.
  Map<String, LongAdder> replies() {
    return replies;
  }

  List<HandlerCalls> handlers() {
    return handlers;
  }

  /// Failed calls of handlers since the last one that succeeded.
  int failuresInARow() {
    return failuresInARow.get();
  }

  boolean isHealthy() {
    return failuresInARow() < UNHEALTHY_FAILURES;
  }
}
