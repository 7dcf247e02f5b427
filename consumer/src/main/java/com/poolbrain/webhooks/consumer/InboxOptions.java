package com.poolbrain.webhooks.consumer;

import java.time.Duration;
import java.util.List;

/// How an inbox is worked off.
///
/// @param threads number of messages that are handled at a time
/// @param lease time after which a message is taken from a process that is probably dead
/// @param retryDelays delays after the first, second … failure; after one more it is a dead letter
public record InboxOptions(int threads, Duration lease, List<Duration> retryDelays) {

  /// The most threads of one receiver.
  public static final int MAX_THREADS = 64;

  /// Copies the list.
  ///
  /// @throws IllegalArgumentException if there is no thread or too many, or the lease is not
  ///   positive
  public InboxOptions {
    retryDelays = List.copyOf(retryDelays);
    if (threads < 1 || threads > MAX_THREADS) {
      throw new IllegalArgumentException("threads must be 1 to " + MAX_THREADS + ".");
    }
    if (lease.isZero() || lease.isNegative()) {
      throw new IllegalArgumentException("lease must be longer than zero.");
    }
  }

  /// Two threads, a lease of 5 minutes, and tries after 10 s, 1 and 10 minutes, 1 and 6 hours.
  public static InboxOptions defaults() {
    return new InboxOptions(
        2,
        Duration.ofMinutes(5),
        List.of(
            Duration.ofSeconds(10),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofHours(1),
            Duration.ofHours(6)));
  }

  /// How often a message is handled before it is a dead letter.
  int maxTries() {
    return retryDelays.size() + 1;
  }
}
