package com.poolbrain.webhooks.transport;

import java.time.Duration;

/// A moment of the monotonic clock after which nothing is waited for.
public record Deadline(long nanoTime) {

  static Deadline after(Duration timeout) {
    return new Deadline(System.nanoTime() + timeout.toNanos());
  }

  /// What is left, zero or less when it is over.
  public long remainingNanos() {
    return nanoTime - System.nanoTime();
  }

  /// The earlier one of this deadline and the end of a time that begins now.
  public Deadline cappedTo(long maxNanos) {
    return new Deadline(System.nanoTime() + Math.min(remainingNanos(), maxNanos));
  }
}
