package com.poolbrain.webhooks.e2e.support;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for facts by asking again.
public final class Await {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(10);

  private Await() {}

  /// What was found as soon as it is as wanted; fails, with what was found last, if it never is.
  ///
  /// @param description what is waited for, in words
  public static <T> T until(String description, Supplier<T> query, Predicate<T> condition) {
    long start = System.nanoTime();
    T value = query.get();
    while (!condition.test(value)) {
      if (System.nanoTime() - start > TIMEOUT.toNanos()) {
        throw new AssertionError(
            "not within %d s: %s; found last: %s"
                .formatted(TIMEOUT.toSeconds(), description, value));
      }
      LockSupport.parkNanos(POLL_INTERVAL.toNanos());
      value = query.get();
    }
    return value;
  }
}
