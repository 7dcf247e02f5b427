package com.poolbrain.webhooks.testkit.service;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.awaitility.core.ConditionTimeoutException;

/// Waiting for a fact by polling, with one time-out for all tests.
public final class Await {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final Duration POLL_INTERVAL = Duration.ofMillis(10);
  private static final Duration SHORT_POLL_INTERVAL = Duration.ofMillis(2);

  private Await() {}

  /// Polls until the value satisfies the condition, and returns that value. Fails with the
  /// description and the last value after two minutes.
  ///
  /// @param description the fact that is awaited
  public static <T> T until(String description, Supplier<T> query, Predicate<T> condition) {
    return poll(description).until(query::get, condition);
  }

  /// Polls until the condition, which must be cheap, holds. Fails with the description after two
  /// minutes.
  public static void until(String description, BooleanSupplier condition) {
    poll(description).pollInterval(SHORT_POLL_INTERVAL).until(condition::getAsBoolean);
  }

  /// Polls until the condition holds.
  ///
  /// @return false if it does not hold within two minutes
  public static boolean isReached(BooleanSupplier condition) {
    try {
      poll("condition").until(condition::getAsBoolean);
      return true;
    } catch (ConditionTimeoutException _) {
      return false;
    }
  }

  private static ConditionFactory poll(String description) {
    return Awaitility.await(description)
        .pollInSameThread()
        .dontCatchUncaughtExceptions()
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL_INTERVAL)
        .atMost(TIMEOUT);
  }
}
