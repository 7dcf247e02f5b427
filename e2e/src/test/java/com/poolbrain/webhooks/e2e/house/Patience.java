package com.poolbrain.webhooks.e2e.house;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// Waits for facts by asking again.
public final class Patience {

  private static final Duration LONGEST = Duration.ofMinutes(2);
  private static final Duration BETWEEN = Duration.ofMillis(10);

  private Patience() {}

  /// What was found as soon as it is as wanted; fails, with what was found last, if it never is.
  ///
  /// @param fact what is waited for, in words
  public static <T> T until(String fact, Supplier<T> ask, Predicate<T> isSo) {
    long began = System.nanoTime();
    T found = ask.get();
    while (!isSo.test(found)) {
      if (System.nanoTime() - began > LONGEST.toNanos()) {
        throw new AssertionError(
            "not within %d s: %s; found last: %s".formatted(LONGEST.toSeconds(), fact, found));
      }
      LockSupport.parkNanos(BETWEEN.toNanos());
      found = ask.get();
    }
    return found;
  }
}
