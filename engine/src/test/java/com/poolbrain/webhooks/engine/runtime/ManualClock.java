package com.poolbrain.webhooks.engine.runtime;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.Condition;

/// A clock that a test sets. A wait lasts until it is signalled, or advances the clock by its whole
/// timeout.
public final class ManualClock implements Clock {

  private final Instant start;
  private final boolean advancesOnAwait;
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicReference<Duration> offset = new AtomicReference<>(Duration.ZERO);
  private final List<Duration> waits = new CopyOnWriteArrayList<>();

  private ManualClock(Instant start, boolean advancesOnAwait) {
    this.start = start;
    this.advancesOnAwait = advancesOnAwait;
  }

  /// A clock whose waits last until they are signalled.
  public static ManualClock startingAt(Instant start) {
    return new ManualClock(start, false);
  }

  /// A clock that a wait advances by its timeout.
  public static ManualClock advancedByWaits() {
    return new ManualClock(Instant.EPOCH, true);
  }

  /// Lets time pass.
  public void advance(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  /// The timeouts of all waits so far.
  public List<Duration> waits() {
    return List.copyOf(waits);
  }

  @Override
  public long nanoTime() {
    return nanos.get();
  }

  @Override
  @SuppressWarnings("WaitNotInLoop") // the caller has the loop
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
    return start.plus(offset.get()).plusNanos(nanoTime());
  }

  @Override
  public void syncTo(Instant storeTime, long atNanoTime) {
    offset.set(Duration.between(start.plusNanos(atNanoTime), storeTime));
  }
}
