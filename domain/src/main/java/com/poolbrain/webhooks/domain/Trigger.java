package com.poolbrain.webhooks.domain;

/// What started an attempt.
public enum Trigger implements WireNamed {
  /// The schedule. Only these advance it.
  AUTOMATIC,
  /// Somebody asked for the delivery to be sent again, now.
  MANUAL,
  /// The test button: one attempt, no retries, outside health and statistics.
  TEST;

  /// The trigger that a [#wireName()] names.
  ///
  /// @throws IllegalArgumentException if no trigger has this word
  public static Trigger fromWireName(String wireName) {
    return WireNamed.find(Trigger.class, "trigger", wireName);
  }
}
