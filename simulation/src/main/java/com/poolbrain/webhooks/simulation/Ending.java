package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.SkipReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a delivery ended.
///
/// @param reason of one that was skipped
/// @param at the store's time
record Ending(DeliveryStatus status, @Nullable SkipReason reason, Instant at) {}
