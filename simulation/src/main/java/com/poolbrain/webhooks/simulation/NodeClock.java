package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.engine.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;

/// The clock of one simulated node: the scheduler's time from an origin of its own, and the store's
/// time as far as it was told.
///
/// Reading it is a place at which another thread may get its turn.
final class NodeClock implements Clock {

  private final SeededScheduler scheduler;
  private final long origin;
  private Instant agreed;
  private long agreedAt;
  private Instant latest = Instant.MIN;

  /// @param storeTime at this moment
  NodeClock(SeededScheduler scheduler, long origin, Instant storeTime) {
    this.scheduler = scheduler;
    this.origin = origin;
    this.agreed = storeTime;
    this.agreedAt = scheduler.nanos() + origin;
  }

  @Override
  public long nanoTime() {
    scheduler.maybeYield();
    return scheduler.nanos() + origin;
  }

  @Override
  public Instant instant() {
    scheduler.maybeYield();
    Instant now = agreed.plusNanos(scheduler.nanos() + origin - agreedAt);
    latest = now.isAfter(latest) ? now : latest;
    return latest;
  }

  @Override
  public void await(Condition condition, Duration atMost) throws InterruptedException {
    scheduler.await(condition, atMost);
  }

  @Override
  public void agree(Instant storeTime, long atNanoTime) {
    agreed = storeTime;
    agreedAt = atNanoTime;
  }
}
