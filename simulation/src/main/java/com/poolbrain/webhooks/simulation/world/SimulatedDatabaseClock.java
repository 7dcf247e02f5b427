package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.simulation.scheduler.TimeSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/// The clock of the database, which may jump.
public final class SimulatedDatabaseClock implements InstantSource {

  public static final Instant START = Instant.parse("2026-03-29T23:59:50Z");

  private final TimeSource timeSource;
  private Duration offset = Duration.ZERO;
  private Duration totalJump = Duration.ZERO;

  SimulatedDatabaseClock(TimeSource timeSource) {
    this.timeSource = timeSource;
  }

  @Override
  public Instant instant() {
    return START.plusNanos(timeSource.nanoTime()).plus(offset);
  }

  /// Sets the clock forward or back.
  public void jump(Duration delta) {
    offset = offset.plus(delta);
    totalJump = totalJump.plus(delta.abs());
  }

  /// The sum of all jumps, forward and back.
  public Duration totalJump() {
    return totalJump;
  }
}
