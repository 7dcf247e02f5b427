package com.poolbrain.webhooks.engine.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/// What deliveries are counted by.
///
/// @param slot number of the five-minute slot, since 1970, in which the deliveries were accepted
/// @param event under which the endpoint gets them; empty for the response times of all events
/// @param result status code of an attempt, or its error class if no status was received; empty
///   without an attempt, and for the response times of all results
public record CountKey(long companyId, UUID endpointId, long slot, String event, String result) {

  /// Length of a slot.
  public static final Duration SLOT = Duration.ofMinutes(5);

  private static final long SLOT_MILLIS = SLOT.toMillis();

  /// The slot of a delivery.
  static long slotOf(UUID deliveryId) {
    return (deliveryId.getMostSignificantBits() >>> 16) / SLOT_MILLIS;
  }

  /// The slot that contains a time.
  public static long slotOf(Instant time) {
    return time.toEpochMilli() / SLOT_MILLIS;
  }

  /// The first moment of the slot.
  public Instant slotStart() {
    return Instant.ofEpochMilli(slot * SLOT_MILLIS);
  }
}
