package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.DeliveryState;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Trigger;
import java.util.UUID;

/// A result as it stands on record.
///
/// @param attemptNumber of the attempt, counted from 1; 0 if nothing was sent, or the delivery is
///   gone
/// @param previousStatus of the delivery before this result
/// @param status of the delivery now
/// @param late whether the caller no longer owned the delivery
/// @param test whether the delivery is a test send
public record RecordedResult(
    UUID deliveryId,
    int attemptNumber,
    DeliveryStatus previousStatus,
    DeliveryStatus status,
    boolean late,
    boolean test) {

  /// The result of a delivery whose rows were dropped with their day.
  public static RecordedResult ofGone(AttemptResult result) {
    DeliveryStatus status = DeliveryState.statusIfGone(result.verdict());
    boolean test = result.claim().trigger() == Trigger.TEST;
    return new RecordedResult(result.claim().id(), 0, status, status, true, test);
  }
}
