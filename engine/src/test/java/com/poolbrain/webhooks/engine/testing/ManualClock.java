package com.poolbrain.webhooks.engine.testing;

import com.poolbrain.webhooks.engine.runtime.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A clock that advances only when a test says so, or by each wait.
public final class ManualClock implements Clock {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition targetAdded = lock.newCondition();
  private final List<Duration> targets = new ArrayList<>();
  private final List<Duration> waits = new CopyOnWriteArrayList<>();
  private final Instant start;
  private final boolean advancesOnAwait;
  private volatile Duration elapsed = Duration.ZERO;

  private ManualClock(Instant start, boolean advancesOnAwait) {
    this.start = start;
    this.advancesOnAwait = advancesOnAwait;
  }

  /// A clock that only a test advances.
  public static ManualClock startingAt(Instant start) {
    return new ManualClock(start, false);
  }

  /// A clock that each wait advances by its timeout.
  public static ManualClock advancedByWaits() {
    return new ManualClock(Instant.EPOCH, true);
  }

  /// Advances the clock.
  public void advance(Duration duration) {
    lock.lock();
    try {
      elapsed = elapsed.plus(duration);
    } finally {
      lock.unlock();
    }
  }

  /// Returns when a thread waits until that time since the start.
  public void awaitWaiter(Duration time) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!targets.contains(time)) {
        targetAdded.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Advances the clock as soon as a thread waits for a later time.
  public void advanceOnceAwaited(Duration duration) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (targets.stream().noneMatch(target -> target.compareTo(elapsed) > 0)) {
        targetAdded.await();
      }
      elapsed = elapsed.plus(duration);
    } finally {
      lock.unlock();
    }
  }

  /// The timeouts of all waits so far.
  public List<Duration> waits() {
    return List.copyOf(waits);
  }

  @Override
  public Instant instant() {
    return start.plus(elapsed);
  }

  @Override
  public long nanoTime() {
    return elapsed.toNanos();
  }

  /// Returns early every few milliseconds, so that the caller sees time that a test advanced.
  @Override
  @SuppressWarnings("WaitNotInLoop") // the caller has the loop
  public void await(Condition condition, Duration timeout) throws InterruptedException {
    waits.add(timeout);
    if (advancesOnAwait) {
      advance(timeout);
      return;
    }
    Duration target = addTarget(timeout);
    try {
      var _ = condition.await(5, TimeUnit.MILLISECONDS);
    } finally {
      removeTarget(target);
    }
  }

  @Override
  public void syncTo(Instant databaseTime, long askedAt, long answeredAt) {
    throw new UnsupportedOperationException("a manual clock is set by its test");
  }

  private Duration addTarget(Duration timeout) {
    lock.lock();
    try {
      Duration target = elapsed.plus(timeout);
      targets.add(target);
      targetAdded.signalAll();
      return target;
    } finally {
      lock.unlock();
    }
  }

  private void removeTarget(Duration target) {
    lock.lock();
    try {
      targets.remove(target);
    } finally {
      lock.unlock();
    }
  }
}
