package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.SkipReason;
import java.util.UUID;

/// Unowned deliveries of one endpoint that were skipped together.
public record DeliveriesSkipped(UUID endpointId, SkipReason reason, int count) {}
