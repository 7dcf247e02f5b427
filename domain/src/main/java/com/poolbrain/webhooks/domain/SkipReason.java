package com.poolbrain.webhooks.domain;

/// Why nothing was sent. Where several hold, the first in this order is recorded.
public enum SkipReason implements WireNamed {
  /// The endpoint was deleted, or somebody cancelled the delivery.
  CANCELLED,
  /// The company's "Use Webhooks" is off.
  WEBHOOKS_OFF,
  /// The endpoint is paused.
  ENDPOINT_PAUSED,
  /// The event's type is no longer ticked.
  UNSUBSCRIBED;

  /// The reason that a [#wireName()] names.
  ///
  /// @throws IllegalArgumentException if no reason has this word
  public static SkipReason fromWireName(String wireName) {
    return WireNamed.find(SkipReason.class, "skip reason", wireName);
  }
}
