package com.poolbrain.webhooks.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One attempt that was made, successful or not.
///
/// @param id identifies the attempt, so that recording it twice has no effect
/// @param details null for an automatic attempt that succeeded
public record Attempt(
    UUID id,
    Trigger trigger,
    Instant startedAt,
    Duration duration,
    Outcome outcome,
    @Nullable AttemptDetails details) {

  /// An attempt without details.
  public Attempt(UUID id, Trigger trigger, Instant startedAt, Duration duration, Outcome outcome) {
    this(id, trigger, startedAt, duration, outcome, null);
  }

  public Attempt withDetails(AttemptDetails newDetails) {
    return new Attempt(id, trigger, startedAt, duration, outcome, newDetails);
  }

  /// Whether details of such an attempt are kept. They are not of automatic attempts that succeed,
  /// which are nearly all.
  public static boolean keepsDetails(Trigger trigger, Outcome outcome) {
    return trigger != Trigger.AUTOMATIC || outcome instanceof Outcome.Failed;
  }

  /// The end of the attempt, from which the next delay is measured.
  public Instant endedAt() {
    return startedAt.plus(duration);
  }
}
