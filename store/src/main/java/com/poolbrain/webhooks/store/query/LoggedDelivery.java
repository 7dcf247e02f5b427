package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.UuidV7;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A delivery with its current status.
///
/// @param eventName the name under which its endpoint subscribed
/// @param items the number of items of the event
/// @param skipReason set if and only if the delivery was skipped
/// @param attemptCount the number of recorded attempts
/// @param occurredAt when the business event occurred
/// @param nextAttemptAt the earliest time of the next attempt; null if none is planned
/// @param isTest whether it is a test send
/// @param jobId the last background job that recovered or replayed it; null if none did
/// @param scheduleStep automatic attempts made since its retry schedule last began
/// @param lastAttempt null if none is recorded
/// @param endedAt when its status was last set; null if it has not ended
/// @param erasedAt when its content was erased; null if it was not
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
    boolean isTest,
    @Nullable UUID jobId,
    int scheduleStep,
    @Nullable LastAttempt lastAttempt,
    @Nullable Instant endedAt,
    @Nullable Instant erasedAt) {

  /// How its last attempt was started; of a delivery without attempts, how its first one would be.
  public Trigger trigger() {
    if (lastAttempt != null) {
      return lastAttempt.trigger();
    }
    return isTest ? Trigger.TEST : Trigger.AUTOMATIC;
  }

  /// When its event was accepted.
  public Instant createdAt() {
    return UuidV7.instantOf(id);
  }
}
