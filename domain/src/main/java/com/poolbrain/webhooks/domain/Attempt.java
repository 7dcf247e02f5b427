package com.poolbrain.webhooks.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// One try that was made, whatever came of it.
///
/// @param id its own, so that recording it twice is harmless
public record Attempt(
    UUID id, Trigger trigger, Instant startedAt, Duration duration, Outcome outcome) {

  /// When it ended: what the next wait counts from.
  public Instant endedAt() {
    return startedAt.plus(duration);
  }
}
