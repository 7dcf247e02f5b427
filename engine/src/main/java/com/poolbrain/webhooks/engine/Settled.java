package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import java.util.UUID;

/// What stands on record after settling.
///
/// @param number of the attempt, given under the lock; 0 if there was none
/// @param late whether the caller no longer owned the delivery
public record Settled(UUID deliveryId, int number, DeliveryStatus status, boolean late) {}
