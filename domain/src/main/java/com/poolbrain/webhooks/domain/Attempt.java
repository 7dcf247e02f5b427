package com.poolbrain.webhooks.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// One attempt that was made, successful or not.
///
/// @param id identifies the attempt, so that recording it twice has no effect
public record Attempt(
    UUID id, Trigger trigger, Instant startedAt, Duration duration, Outcome outcome) {

  /// The end of the attempt, from which the next delay is measured.
  public Instant endedAt() {
    return startedAt.plus(duration);
  }
}
