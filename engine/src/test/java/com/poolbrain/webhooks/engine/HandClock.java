package com.poolbrain.webhooks.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;

/// Time passes when a test says so, and when somebody waits for it to pass.
final class HandClock implements Clock {

  /// How long somebody wanted to wait, each time.
  final List<Duration> waits = new CopyOnWriteArrayList<>();

  private final AtomicLong nanos = new AtomicLong();

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  public void await(Condition condition, Duration atMost) {
    waits.add(atMost);
    pass(atMost);
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
