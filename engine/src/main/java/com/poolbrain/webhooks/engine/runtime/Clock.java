package com.poolbrain.webhooks.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;
import java.util.function.BooleanSupplier;

/// The engine's source of time, and the only place where it waits for time to pass.
///
/// [#instant()] is the database's time, advanced by a monotonic clock. It never goes backwards.
public interface Clock extends InstantSource {

  /// A monotonic reading in nanoseconds, for waits and deadlines. Only differences mean something.
  long nanoTime();

  /// Waits on a condition, whose lock the caller holds, until it is signalled or the time has
  /// passed. May return early, as [Condition#await()] may.
  void await(Condition condition, Duration timeout) throws InterruptedException;

  /// Waits on a condition, whose lock the caller holds, until a predicate holds or the time has
  /// passed.
  ///
  /// @return whether the predicate holds
  default boolean awaitUntil(Condition changed, Duration timeout, BooleanSupplier predicate)
      throws InterruptedException {
    long startNanos = nanoTime();
    Duration remaining = timeout;
    while (!predicate.getAsBoolean() && remaining.isPositive()) {
      await(changed, remaining);
      remaining = timeout.minusNanos(nanoTime() - startNanos);
    }
    return predicate.getAsBoolean();
  }

  /// Corrects this clock by the database's time, as [DatabaseTime#correctedBy] says.
  ///
  /// @param askedAt reading of [#nanoTime()] before the database was asked
  /// @param answeredAt reading of [#nanoTime()] after it answered
  void syncTo(Instant databaseTime, long askedAt, long answeredAt);
}
