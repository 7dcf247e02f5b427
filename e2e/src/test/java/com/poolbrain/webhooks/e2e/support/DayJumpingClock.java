package com.poolbrain.webhooks.e2e.support;

import com.poolbrain.webhooks.engine.runtime.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/// Clock that advances by a day at each wait, until an end.
public final class DayJumpingClock implements Clock {

  private static final Duration DAY = Duration.ofDays(1);

  /// A shorter wait is no idle wait: its caller has more work.
  private static final Duration MIN_IDLE_WAIT = Duration.ofMinutes(1);

  private final Instant end;
  private final AtomicLong nanos = new AtomicLong();
  private volatile Instant now;
  private volatile boolean idleAtEnd;

  /// @param start first time of the clock
  /// @param end time at which the clock stops
  public DayJumpingClock(Instant start, Instant end) {
    this.now = start;
    this.end = end;
  }

  /// Whether the user of the clock has done its work at the end time and waits.
  public boolean isIdleAtEnd() {
    return idleAtEnd;
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
    if (now.isBefore(end)) {
      now = now.plus(DAY).isAfter(end) ? end : now.plus(DAY);
      nanos.addAndGet(atMost.toNanos());
      return;
    }
    if (atMost.compareTo(MIN_IDLE_WAIT) < 0) {
      nanos.addAndGet(atMost.toNanos());
    } else {
      idleAtEnd = true;
    }
    boolean _ = condition.await(100, TimeUnit.MILLISECONDS);
  }

  @Override
  public void syncTo(Instant databaseTime, long askedAt, long answeredAt) {
    throw new UnsupportedOperationException("this clock cannot be synchronized");
  }
}
