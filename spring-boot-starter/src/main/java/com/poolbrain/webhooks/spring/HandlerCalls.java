package com.poolbrain.webhooks.spring;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/// Counts the calls of one handler.
final class HandlerCalls {

  private final String event;
  private final AtomicInteger failuresInARow;
  private final LongAdder succeeded = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /// @param event name of the record that is handled
  /// @param failuresInARow failed calls since the last success, of all handlers
  HandlerCalls(String event, AtomicInteger failuresInARow) {
    this.event = event;
    this.failuresInARow = failuresInARow;
  }

  String event() {
    return event;
  }

  void ended(boolean success) {
    if (success) {
      succeeded.increment();
      failuresInARow.set(0);
    } else {
      failed.increment();
      failuresInARow.incrementAndGet();
    }
  }

  long succeeded() {
    return succeeded.sum();
  }

  long failed() {
    return failed.sum();
  }
}
