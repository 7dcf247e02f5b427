package com.poolbrain.webhooks.engine.ledger;

import java.time.Instant;
import java.util.UUID;

/// An endpoint that has deliveries without an owner.
///
/// @param firstDue when the first of them is due
public record UnownedBacklog(UUID endpointId, Instant firstDue) {}
