package com.poolbrain.webhooks.domain.statistics;

import java.time.Instant;

/// The result of one attempt, as far as the health of an endpoint depends on it.
///
/// @param endedAt end of the attempt
public record HealthSample(Instant endedAt, boolean succeeded) {}
