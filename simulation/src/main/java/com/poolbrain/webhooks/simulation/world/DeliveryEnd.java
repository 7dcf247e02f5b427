package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.SkipReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How a delivery ended.
///
/// @param skipReason of one that was skipped
/// @param at the store's time
public record DeliveryEnd(DeliveryStatus status, @Nullable SkipReason skipReason, Instant at) {}
