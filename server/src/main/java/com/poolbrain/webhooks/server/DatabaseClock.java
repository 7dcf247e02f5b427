package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.engine.runtime.Clock;
import com.poolbrain.webhooks.engine.runtime.DatabaseTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Database time, advanced by the monotonic clock of this machine between two syncs. Before the
/// first sync it is the time of this machine.
final class DatabaseClock implements Clock {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);
  private static final Duration MAX_QUIET_SKEW = Duration.ofSeconds(5);

  private final InstantSource machineClock;
  private final AtomicReference<DatabaseTime> estimate;
  private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);
  private volatile Duration skew = Duration.ZERO;

  DatabaseClock(InstantSource machineClock) {
    this.machineClock = machineClock;
    this.estimate =
        new AtomicReference<>(new DatabaseTime(machineClock.instant(), System.nanoTime()));
  }

  @Override
  public Instant instant() {
    Instant now = estimate.get().at(System.nanoTime());
    return latest.accumulateAndGet(now, (a, b) -> a.isAfter(b) ? a : b);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // callers loop: the contract allows an early return
  public void await(Condition condition, Duration atMost) throws InterruptedException {
    long remainingNanos = condition.awaitNanos(atMost.toNanos());
    if (remainingNanos > 0) {
      LOG.trace("Woken {} ns early", remainingNanos);
    }
  }

  @Override
  public void syncTo(Instant databaseTime, long askedAt, long answeredAt) {
    estimate.updateAndGet(old -> old.correctedBy(databaseTime, askedAt, answeredAt));
    Duration previousSkew = skew;
    skew = Duration.between(instant(), machineClock.instant());
    boolean isLarge = skew.abs().compareTo(MAX_QUIET_SKEW) > 0;
    if (isLarge && previousSkew.abs().compareTo(MAX_QUIET_SKEW) <= 0) {
      LOG.warn(
          "The clocks of this machine and of the database differ by {} s. The service uses"
              + " database time. Synchronise both clocks with NTP.",
          skew.abs().toSeconds());
    }
  }

  /// The clock of this machine minus database time; negative if the machine is behind.
  Duration skew() {
    return skew;
  }
}
