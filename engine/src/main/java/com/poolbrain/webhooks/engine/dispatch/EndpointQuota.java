package com.poolbrain.webhooks.engine.dispatch;

import org.jspecify.annotations.Nullable;

/// How fast this node may go to one endpoint: its share of what the endpoint allows.
///
/// @param concurrency attempts at a time, at least 1
/// @param ratePerSecond attempts started a second; null for no limit
public record EndpointQuota(int concurrency, @Nullable Double ratePerSecond) {}
