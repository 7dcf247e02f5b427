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
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The trigger that a [#wireName()] names.
  ///
  /// @throws IllegalArgumentException if no trigger has this word
  public static Trigger fromWireName(String wireName) {
    for (Trigger trigger : values()) {
      if (trigger.wireName().equals(wireName)) {
        return trigger;
      }
    }
    throw new IllegalArgumentException("no trigger '" + wireName + "'");
  }
}
