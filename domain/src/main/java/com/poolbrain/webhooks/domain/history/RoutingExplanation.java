package com.poolbrain.webhooks.domain.history;

import org.jspecify.annotations.Nullable;

/// What became of an event for one endpoint, and why.
///
/// @param reason a sentence; null if a delivery was made and there is nothing to explain
public record RoutingExplanation(RoutingDecision decision, @Nullable String reason) {}
