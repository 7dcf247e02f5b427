package com.poolbrain.webhooks.domain;

/// Where a delivery stands. These words are used everywhere: database, API, page, metrics, log.
public enum DeliveryStatus implements WireNamed {
  /// Accepted; its first attempt has not begun.
  PENDING,
  /// An attempt is running. Never stored: it follows from a live owner at work.
  DELIVERING,
  /// A 2xx answered an attempt.
  DELIVERED,
  /// The last attempt failed; the next one waits for its time.
  RETRYING,
  /// Every attempt of the schedule failed. Kept, shown, and redelivered on demand.
  PERMANENTLY_FAILED,
  /// Nothing was sent, for a recorded [SkipReason].
  SKIPPED;

  /// The status that a [#wireName()] names.
  ///
  /// @throws IllegalArgumentException if no status has this word
  public static DeliveryStatus fromWireName(String wireName) {
    return WireNamed.find(DeliveryStatus.class, "delivery status", wireName);
  }
}
