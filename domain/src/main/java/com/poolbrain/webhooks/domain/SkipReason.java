package com.poolbrain.webhooks.domain;

import java.util.Locale;

/// Why nothing was sent. Where several hold, the first in this order is recorded.
public enum SkipReason {
  /// The endpoint was deleted, or somebody cancelled the delivery.
  CANCELLED,
  /// The company's "Use Webhooks" is off.
  WEBHOOKS_OFF,
  /// The endpoint is paused.
  ENDPOINT_PAUSED,
  /// The event's type is no longer ticked.
  UNSUBSCRIBED;

  /// The word as the database, the API and people read it.
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// The reason that a [#wireName()] names.
  ///
  /// @throws IllegalArgumentException if no reason has this word
  public static SkipReason fromWireName(String wireName) {
    for (SkipReason reason : values()) {
      if (reason.wireName().equals(wireName)) {
        return reason;
      }
    }
    throw new IllegalArgumentException("no skip reason '" + wireName + "'");
  }
}
