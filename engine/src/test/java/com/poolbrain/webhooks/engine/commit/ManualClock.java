package com.poolbrain.webhooks.engine.commit;

import com.poolbrain.webhooks.engine.runtime.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/// Time that passes when a test says so. Who waits for it to pass waits until signalled, or is
/// carried to the end of the wait.
final class ManualClock implements Clock {

  /// How long somebody wanted to wait, each time.
  final List<Duration> waits = new CopyOnWriteArrayList<>();

  private final boolean advancesOnAwait;
  private final AtomicLong nanos = new AtomicLong();

  /// @param advancesOnAwait whether waiting makes time pass
  ManualClock(boolean advancesOnAwait) {
    this.advancesOnAwait = advancesOnAwait;
  }

  void advance(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // whoever calls this has the loop
  public void await(Condition condition, Duration timeout) throws InterruptedException {
    waits.add(timeout);
    if (advancesOnAwait) {
      advance(timeout);
    } else {
      condition.await();
    }
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(nanoTime());
  }

  @Override
  public void syncTo(Instant storeTime, long atNanoTime) {
    throw new UnsupportedOperationException("this clock is set by hand");
  }
}
