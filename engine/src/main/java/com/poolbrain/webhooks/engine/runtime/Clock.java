package com.poolbrain.webhooks.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.locks.Condition;

/// Time as the engine knows it, and the only place where it waits for time to pass.
///
/// [#instant()] is the store's time, advanced by a monotonic clock and never going backwards.
public interface Clock extends InstantSource {

  /// A monotonic reading in nanoseconds, for waits and deadlines; only differences mean something.
  long nanoTime();

  /// Waits on a condition, whose lock the caller holds, until it is signalled or the time has
  /// passed. May return early, as [Condition#await()] may.
  void await(Condition condition, Duration timeout) throws InterruptedException;

  /// Learns what the store's time was at a reading of [#nanoTime()].
  void syncTo(Instant storeTime, long atNanoTime);
}
