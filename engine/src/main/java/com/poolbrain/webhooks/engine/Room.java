package com.poolbrain.webhooks.engine;

import java.util.UUID;

/// How many deliveries of an endpoint its lane can take.
public record Room(UUID endpointId, int places) {}
