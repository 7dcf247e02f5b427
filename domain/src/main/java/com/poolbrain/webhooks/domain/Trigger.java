package com.poolbrain.webhooks.domain;

import java.util.Locale;

/// What started an attempt.
public enum Trigger {
  /// The schedule. Only these advance it.
  AUTOMATIC,
  /// Somebody asked for the delivery to be sent again, now.
  MANUAL,
  /// The test button: one attempt, no retries, outside health and statistics.
  TEST;

  /// The word as the database, the API and people read it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The trigger that a [#word()] names.
  ///
  /// @throws IllegalArgumentException if no trigger has this word
  public static Trigger of(String word) {
    for (Trigger trigger : values()) {
      if (trigger.word().equals(word)) {
        return trigger;
      }
    }
    throw new IllegalArgumentException("no trigger '" + word + "'");
  }
}
