package com.poolbrain.webhooks.simulation;

import java.time.Duration;

/// Time that passes, and waiting for it.
interface Time {

  /// A monotonic reading in nanoseconds.
  long nanos();

  /// Returns when that much time has passed.
  ///
  /// @throws InterruptedException if the calling thread is interrupted
  void sleep(Duration time) throws InterruptedException;
}
