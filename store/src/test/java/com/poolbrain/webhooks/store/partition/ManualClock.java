package com.poolbrain.webhooks.store.partition;

import com.poolbrain.webhooks.engine.runtime.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Time that passes only when a test says so.
final class ManualClock implements Clock {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition awaited = lock.newCondition();
  private final List<Duration> targets = new ArrayList<>();
  private final Instant start;
  private volatile Duration elapsed = Duration.ZERO;

  ManualClock(Instant start) {
    this.start = start;
  }

  /// Returns once somebody waits for just that time.
  void awaitWaiter(Duration time) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!targets.contains(time)) {
        awaited.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Lets time pass, once somebody waits for a time that has not come yet.
  void advanceOnceAwaited(Duration time) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (targets.stream().noneMatch(target -> target.compareTo(elapsed) > 0)) {
        awaited.await();
      }
      elapsed = elapsed.plus(time);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public Instant instant() {
    return start.plus(elapsed);
  }

  @Override
  public long nanoTime() {
    return elapsed.toNanos();
  }

  /// Returns early every few milliseconds: whoever waits looks again at what it waits for. A signal
  /// that came just between two such waits would otherwise be lost.
  @Override
  @SuppressWarnings("WaitNotInLoop") // the loop is the caller's, as for the condition itself
  public void await(Condition condition, Duration atMost) throws InterruptedException {
    Duration target = elapsed.plus(atMost);
    addTarget(target);
    try {
      var _ = condition.await(5, TimeUnit.MILLISECONDS);
    } finally {
      removeTarget(target);
    }
  }

  @Override
  public void syncTo(Instant storeTime, long atNanoTime) {
    throw new UnsupportedOperationException("this clock is always right");
  }

  private void addTarget(Duration target) {
    lock.lock();
    try {
      targets.add(target);
      awaited.signalAll();
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
