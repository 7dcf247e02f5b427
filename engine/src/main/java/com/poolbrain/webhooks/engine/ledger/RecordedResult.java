package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import java.util.UUID;

/// What stands on record after settling.
///
/// @param attemptNumber of the attempt, given under the lock; 0 if there was none
/// @param late whether the caller no longer owned the delivery
public record RecordedResult(
    UUID deliveryId, int attemptNumber, DeliveryStatus status, boolean late) {}
