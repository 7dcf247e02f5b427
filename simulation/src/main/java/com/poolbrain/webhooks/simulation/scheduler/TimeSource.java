package com.poolbrain.webhooks.simulation.scheduler;

import java.time.Duration;

/// Time that passes, and waiting for it.
public interface TimeSource {

  /// A monotonic reading in nanoseconds.
  long nanoTime();

  /// Returns when that much time has passed.
  ///
  /// @throws InterruptedException if the calling thread is interrupted
  void sleep(Duration time) throws InterruptedException;
}
