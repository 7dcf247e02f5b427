package com.poolbrain.webhooks.store.recovery;

import java.time.Duration;

/// How fast a job makes deliveries, and how many of them may wait at a time. Few wait, so that the
/// deliveries of live traffic find their queue nearly empty.
///
/// @param ratePerSecond deliveries per second
record JobPace(double ratePerSecond) {

  private static final int STEPS_PER_SECOND = 10;
  private static final int MAX_BATCH = 250;
  private static final int MIN_WAITING = 8;
  private static final int MAX_WAITING = 500;

  /// How many deliveries one step makes at most.
  int batchSize() {
    return (int) Math.clamp(Math.ceil(ratePerSecond / STEPS_PER_SECOND), 1, MAX_BATCH);
  }

  /// How many deliveries of the job may wait for their first attempt.
  int maxWaiting() {
    return (int) Math.clamp(Math.ceil(ratePerSecond / 2), MIN_WAITING, MAX_WAITING);
  }

  /// How long a step takes that made so many deliveries.
  Duration pauseAfter(int made) {
    return Duration.ofNanos((long) (1e9 * made / ratePerSecond));
  }
}
