package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.engine.runtime.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The store's time, advanced by this machine's monotonic clock between the moments at which the
/// store tells it. Until it has done so once, this machine's own time.
final class DatabaseClock implements Clock {

  private static final Logger LOG = LoggerFactory.getLogger(DatabaseClock.class);
  private static final Duration MAX_QUIET_SKEW = Duration.ofSeconds(5);

  /// What the time was at a reading of the monotonic clock.
  private record Anchor(Instant time, long nanoTime) {
    Instant at(long now) {
      return time.plusNanos(now - nanoTime);
    }
  }

  private final InstantSource machineClock;
  private final AtomicReference<Anchor> anchor;
  private final AtomicReference<Instant> latest = new AtomicReference<>(Instant.MIN);
  private volatile Duration skew = Duration.ZERO;

  DatabaseClock(InstantSource machineClock) {
    this.machineClock = machineClock;
    this.anchor = new AtomicReference<>(new Anchor(machineClock.instant(), System.nanoTime()));
  }

  @Override
  public Instant instant() {
    Instant now = anchor.get().at(System.nanoTime());
    return latest.accumulateAndGet(now, (a, b) -> a.isAfter(b) ? a : b);
  }

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // the callers loop: this may return early, as it says
  public void await(Condition condition, Duration atMost) throws InterruptedException {
    long remainingNanos = condition.awaitNanos(atMost.toNanos());
    if (remainingNanos > 0) {
      LOG.trace("Woken {} ns early", remainingNanos);
    }
  }

  @Override
  public void syncTo(Instant storeTime, long atNanoTime) {
    anchor.set(new Anchor(storeTime, atNanoTime));
    Duration previousSkew = skew;
    skew = Duration.between(instant(), machineClock.instant());
    boolean isLarge = skew.abs().compareTo(MAX_QUIET_SKEW) > 0;
    if (isLarge && previousSkew.abs().compareTo(MAX_QUIET_SKEW) <= 0) {
      LOG.warn(
          "This machine's clock and the database's are {} s apart; the database's is used."
              + " Synchronise both.",
          skew.abs().toSeconds());
    }
  }

  /// How far this machine's clock is ahead of the store's; negative if it is behind.
  Duration skew() {
    return skew;
  }
}
