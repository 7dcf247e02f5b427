package com.poolbrain.webhooks.management.live;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.store.query.LoggedDelivery;
import java.time.Instant;
import java.util.UUID;

/// Deliveries of tests.
final class LiveFixtures {

  static final Instant START = Instant.parse("2026-02-13T06:42:00Z");

  private LiveFixtures() {}

  /// The id of the delivery of this millisecond.
  static UUID id(int millis) {
    return UuidV7.of(START.toEpochMilli() + millis, 0, 0);
  }

  /// A delivery that was accepted in this millisecond.
  static LoggedDelivery delivery(int millis, DeliveryStatus status) {
    return new LoggedDelivery(
        id(millis),
        id(millis),
        40,
        new UUID(7, 7),
        "customer.created",
        1,
        status,
        null,
        0,
        START,
        null,
        false,
        null,
        0,
        null,
        null,
        null);
  }
}
