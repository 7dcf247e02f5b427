package com.poolbrain.webhooks.simulation;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The store's time, which an operator may set.
final class StoreClock implements InstantSource {

  static final Instant START = Instant.parse("2026-03-29T23:59:50Z");

  private final Time time;
  private Duration moved = Duration.ZERO;
  private Duration movedInAll = Duration.ZERO;

  StoreClock(Time time) {
    this.time = time;
  }

  @Override
  public Instant instant() {
    return START.plusNanos(time.nanos()).plus(moved);
  }

  /// Sets it forward, or back.
  void jump(Duration by) {
    moved = moved.plus(by);
    movedInAll = movedInAll.plus(by.abs());
  }

  /// How far it was set in all, forward and back.
  Duration movedInAll() {
    return movedInAll;
  }
}
