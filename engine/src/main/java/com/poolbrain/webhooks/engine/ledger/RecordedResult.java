package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import java.util.UUID;

/// A result as it stands on record.
///
/// @param attemptNumber of the attempt, counted from 1; 0 if nothing was sent
/// @param status of the delivery after this result
/// @param late whether the caller no longer owned the delivery
public record RecordedResult(
    UUID deliveryId, int attemptNumber, DeliveryStatus status, boolean late) {}
