package com.poolbrain.webhooks.engine.node;

import org.jspecify.annotations.Nullable;

/// This node's share of the limits of one endpoint.
///
/// @param concurrency attempts at a time, at least 1
/// @param ratePerSecond attempts started per second; null for no limit
public record EndpointQuota(int concurrency, @Nullable Double ratePerSecond) {}
