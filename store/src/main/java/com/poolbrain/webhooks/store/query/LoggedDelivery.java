package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.UuidV7;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A delivery as it stands.
///
/// @param eventName the name under which its endpoint gets the event
/// @param items how many items the event has
/// @param skipReason if it was skipped
/// @param attemptCount on record
/// @param occurredAt when the business event occurred
/// @param nextAttemptAt not before then; null if none is planned
/// @param isTest whether it is a test send
public record LoggedDelivery(
    UUID id,
    UUID eventId,
    long companyId,
    UUID endpointId,
    String eventName,
    int items,
    DeliveryStatus status,
    @Nullable SkipReason skipReason,
    int attemptCount,
    Instant occurredAt,
    @Nullable Instant nextAttemptAt,
    boolean isTest) {

  /// When its event was accepted.
  public Instant createdAt() {
    return UuidV7.instantOf(id);
  }
}
