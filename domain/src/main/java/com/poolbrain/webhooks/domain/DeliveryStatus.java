package com.poolbrain.webhooks.domain;

/// The status of a delivery.
public enum DeliveryStatus implements WireNamed {
  /// Accepted; the first attempt has not started.
  PENDING,
  /// An attempt is running. Never stored: it follows from the owner of the delivery.
  DELIVERING,
  /// An attempt got a 2xx response.
  DELIVERED,
  /// The last attempt failed; the next one is scheduled.
  RETRYING,
  /// Every attempt of the schedule failed. Can be redelivered manually.
  PERMANENTLY_FAILED,
  /// Nothing was sent, for a recorded [SkipReason].
  SKIPPED;

  /// The status with this [#wireName()].
  ///
  /// @throws IllegalArgumentException if no status has this name
  public static DeliveryStatus fromWireName(String wireName) {
    return WireNamed.find(DeliveryStatus.class, "delivery status", wireName);
  }
}
