package com.poolbrain.webhooks.domain;

/// Why a delivery was skipped. If several reasons apply, the first one in this order is recorded.
public enum SkipReason implements WireNamed {
  /// The endpoint was deleted, or the delivery was cancelled.
  CANCELLED,
  /// "Use Webhooks" is off for the company.
  WEBHOOKS_OFF,
  /// The endpoint is paused.
  ENDPOINT_PAUSED,
  /// The event type is no longer subscribed.
  UNSUBSCRIBED;

  /// The reason with this [#wireName()].
  ///
  /// @throws IllegalArgumentException if no reason has this name
  public static SkipReason fromWireName(String wireName) {
    return WireNamed.find(SkipReason.class, "skip reason", wireName);
  }
}
