package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.SkipReason;
import java.util.UUID;

/// Deliveries of one endpoint that ended unsent.
public record DeliveriesSkipped(UUID endpointId, SkipReason reason, int count) {}
