package com.poolbrain.webhooks.consumer.test.junit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until it is moved. Give it to the receiver under test, so that its
/// leases end when the virtual time says so.
public final class VirtualClock implements InstantSource {

  private final AtomicReference<Instant> now;

  /// A clock that shows this time.
  public VirtualClock(Instant start) {
    now = new AtomicReference<>(start);
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  /// Moves the clock.
  ///
  /// @throws IllegalArgumentException if it would go back
  public void advance(Duration duration) {
    if (duration.isNegative()) {
      throw new IllegalArgumentException("A clock does not go back.");
    }
    now.updateAndGet(time -> time.plus(duration));
  }
}
