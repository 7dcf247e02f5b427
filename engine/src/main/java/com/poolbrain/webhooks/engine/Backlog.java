package com.poolbrain.webhooks.engine;

import java.time.Instant;
import java.util.UUID;

/// An endpoint with deliveries that nobody owns.
///
/// @param firstDue when the first of them is due
public record Backlog(UUID endpointId, Instant firstDue) {}
