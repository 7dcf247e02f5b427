package com.poolbrain.webhooks.simulation;

import java.util.Comparator;
import java.util.function.Consumer;

/// A thread's wish to go on at a moment.
final class Alarm {

  static final Comparator<Alarm> EARLIEST =
      Comparator.<Alarm>comparingLong(alarm -> alarm.at).thenComparingLong(alarm -> alarm.order);

  private final long at;
  private final long order;
  private final Thread thread;
  private final Consumer<Thread> wake;
  private boolean cancelled;
  private boolean rang;

  /// @param order among those of the same moment
  /// @param wake how the thread is woken
  Alarm(long at, long order, Thread thread, Consumer<Thread> wake) {
    this.at = at;
    this.order = order;
    this.thread = thread;
    this.wake = wake;
  }

  long at() {
    return at;
  }

  boolean cancelled() {
    return cancelled;
  }

  void cancel() {
    cancelled = true;
  }

  /// Whether its moment has come.
  boolean rang() {
    return rang;
  }

  void ring() {
    rang = true;
    wake.accept(thread);
  }
}
