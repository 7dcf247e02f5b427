package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.engine.runtime.DatabaseTime;
import com.poolbrain.webhooks.simulation.scheduler.SeededScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.Condition;

/// The clock of one node: monotonic time with an origin of its own, and the database's time as of
/// the last [#syncTo]. Every reading is a preemption point.
final class SimulatedNodeClock implements Clock {

  private final SeededScheduler scheduler;
  private final long origin;
  private DatabaseTime estimate;
  private Instant latestInstant = Instant.MIN;

  /// @param origin nanoseconds that are added to the scheduler's time
  /// @param databaseTime the current time of the database
  SimulatedNodeClock(SeededScheduler scheduler, long origin, Instant databaseTime) {
    this.scheduler = scheduler;
    this.origin = origin;
    this.estimate = new DatabaseTime(databaseTime, scheduler.nanoTime() + origin);
  }

  @Override
  public long nanoTime() {
    scheduler.maybeYield();
    return scheduler.nanoTime() + origin;
  }

  @Override
  public Instant instant() {
    scheduler.maybeYield();
    Instant now = estimate.at(scheduler.nanoTime() + origin);
    latestInstant = now.isAfter(latestInstant) ? now : latestInstant;
    return latestInstant;
  }

  @Override
  public void await(Condition condition, Duration timeout) throws InterruptedException {
    scheduler.await(condition, timeout);
  }

  @Override
  public void syncTo(Instant databaseTime, long askedAt, long answeredAt) {
    estimate = estimate.correctedBy(databaseTime, askedAt, answeredAt);
  }
}
