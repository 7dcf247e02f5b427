package com.poolbrain.webhooks.transport;

import java.time.Duration;

/// A moment of the monotonic clock after which nothing is waited for.
record Deadline(long nanos) {

  static Deadline in(Duration time) {
    return new Deadline(System.nanoTime() + time.toNanos());
  }

  /// What is left, zero or less when it is over.
  long left() {
    return nanos - System.nanoTime();
  }

  /// The earlier one of this deadline and the end of a time that begins now.
  Deadline orIn(long otherNanos) {
    return new Deadline(System.nanoTime() + Math.min(left(), otherNanos));
  }
}
