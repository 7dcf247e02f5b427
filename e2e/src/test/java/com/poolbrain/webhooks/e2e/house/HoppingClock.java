package com.poolbrain.webhooks.e2e.house;

import com.poolbrain.webhooks.engine.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/// A clock on which a day passes whenever somebody waits, until it is a certain day.
public final class HoppingClock implements Clock {

  private static final Duration DAY = Duration.ofDays(1);

  /// Who waits for less has something to do again.
  private static final Duration REST = Duration.ofMinutes(1);

  private final Instant last;
  private final AtomicLong nanos = new AtomicLong();
  private volatile Instant now;
  private volatile boolean waitedAtTheEnd;

  /// @param first when it begins
  /// @param last when it stands still
  public HoppingClock(Instant first, Instant last) {
    this.now = first;
    this.last = last;
  }

  /// Whether somebody has done at the last time what is to be done, and waits.
  public boolean hasArrived() {
    return waitedAtTheEnd;
  }

  @Override
  public Instant instant() {
    return now;
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // the callers loop: this may return early, as it says
  public void await(Condition condition, Duration atMost) throws InterruptedException {
    if (now.isBefore(last)) {
      now = now.plus(DAY).isAfter(last) ? last : now.plus(DAY);
      nanos.addAndGet(atMost.toNanos());
      return;
    }
    if (atMost.compareTo(REST) < 0) {
      nanos.addAndGet(atMost.toNanos());
    } else {
      waitedAtTheEnd = true;
    }
    boolean _ = condition.await(100, TimeUnit.MILLISECONDS);
  }

  @Override
  public void agree(Instant storeTime, long atNanoTime) {
    throw new UnsupportedOperationException("this clock agrees with nobody");
  }
}
