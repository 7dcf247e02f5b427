package com.poolbrain.webhooks.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/// Time that passes when a test says so. Who waits for it to pass waits until signalled, or is
/// carried to the end of the wait.
final class HandClock implements Clock {

  /// How long somebody wanted to wait, each time.
  final List<Duration> waits = new CopyOnWriteArrayList<>();

  private final boolean jumps;
  private final AtomicLong nanos = new AtomicLong();

  /// @param jumps whether waiting makes time pass
  HandClock(boolean jumps) {
    this.jumps = jumps;
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // whoever calls this has the loop
  public void await(Condition condition, Duration atMost) throws InterruptedException {
    waits.add(atMost);
    if (jumps) {
      pass(atMost);
    } else {
      condition.await();
    }
  }

  @Override
  public Instant instant() {
    return Instant.EPOCH.plusNanos(nanoTime());
  }

  @Override
  public void agree(Instant storeTime, long atNanoTime) {
    throw new UnsupportedOperationException("this clock is set by hand");
  }
}
