package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.SkipReason;
import java.util.UUID;

/// Deliveries of one endpoint that ended unsent.
public record Skipped(UUID endpointId, SkipReason reason, int count) {}
