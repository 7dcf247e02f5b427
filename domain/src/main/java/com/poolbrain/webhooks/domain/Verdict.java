package com.poolbrain.webhooks.domain;

import java.time.Instant;

/// What becomes of a delivery after an attempt, or instead of one.
public sealed interface Verdict {

  /// It is delivered.
  record Done() implements Verdict {}

  /// It is tried again, not before `due`.
  record RetryAt(Instant due) implements Verdict {}

  /// It is permanently failed.
  record GiveUp() implements Verdict {}

  /// It ends unsent.
  record Skip(SkipReason reason) implements Verdict {}

  /// A manual attempt failed: status, step and next attempt stay as they were, but a delivery that
  /// had been skipped becomes permanently failed.
  record Unchanged() implements Verdict {}
}
