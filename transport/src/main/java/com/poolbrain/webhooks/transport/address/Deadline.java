package com.poolbrain.webhooks.transport.address;

import java.time.Duration;

/// The end of an exchange on the monotonic clock.
public record Deadline(long nanoTime) {

  public static Deadline after(Duration timeout) {
    return new Deadline(System.nanoTime() + timeout.toNanos());
  }

  /// The remaining time; zero or negative after the deadline.
  public long remainingNanos() {
    return nanoTime - System.nanoTime();
  }

  /// The earlier of this deadline and a duration from now.
  public Deadline cappedTo(long maxNanos) {
    return new Deadline(System.nanoTime() + Math.min(remainingNanos(), maxNanos));
  }
}
