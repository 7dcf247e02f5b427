package com.poolbrain.webhooks.simulation.scheduler;

import java.util.Comparator;
import java.util.function.Consumer;

/// A timer that wakes one thread.
final class Timer {

  static final Comparator<Timer> BY_DUE_TIME =
      Comparator.<Timer>comparingLong(timer -> timer.dueNanos)
          .thenComparingLong(timer -> timer.sequence);

  private final long dueNanos;
  private final long sequence;
  private final Thread thread;
  private final Consumer<Thread> wakeUp;
  private boolean isCancelled;
  private boolean hasFired;

  /// @param sequence the order among timers that are due at the same time
  /// @param wakeUp unparks or interrupts the thread
  Timer(long dueNanos, long sequence, Thread thread, Consumer<Thread> wakeUp) {
    this.dueNanos = dueNanos;
    this.sequence = sequence;
    this.thread = thread;
    this.wakeUp = wakeUp;
  }

  long dueNanos() {
    return dueNanos;
  }

  boolean isCancelled() {
    return isCancelled;
  }

  void cancel() {
    isCancelled = true;
  }

  boolean hasFired() {
    return hasFired;
  }

  void fire() {
    hasFired = true;
    wakeUp.accept(thread);
  }
}
