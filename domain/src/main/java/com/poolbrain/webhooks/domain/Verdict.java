package com.poolbrain.webhooks.domain;

import java.time.Instant;

/// What happens to a delivery after an attempt, or instead of one.
public sealed interface Verdict {

  /// The delivery is delivered.
  record Done() implements Verdict {}

  /// The delivery is retried, not before `due`.
  record RetryAt(Instant due) implements Verdict {}

  /// The delivery is permanently failed.
  record GiveUp() implements Verdict {}

  /// The delivery is skipped.
  record Skip(SkipReason reason) implements Verdict {}

  /// A manual attempt failed. Status, schedule step and next attempt stay as they were, except that
  /// a skipped delivery becomes permanently failed.
  record Unchanged() implements Verdict {}
}
