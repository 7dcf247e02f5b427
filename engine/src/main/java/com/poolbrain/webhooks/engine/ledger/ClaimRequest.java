package com.poolbrain.webhooks.engine.ledger;

import java.util.UUID;

/// How many deliveries of an endpoint its queue has room for.
public record ClaimRequest(UUID endpointId, int maxClaims) {}
