package com.poolbrain.webhooks.simulation.scheduler;

import java.time.Duration;

/// A monotonic clock that can be slept on.
public interface TimeSource {

  /// A monotonic reading in nanoseconds.
  long nanoTime();

  /// Waits until that much time has passed.
  ///
  /// @throws InterruptedException if the calling thread is interrupted
  void sleep(Duration time) throws InterruptedException;
}
