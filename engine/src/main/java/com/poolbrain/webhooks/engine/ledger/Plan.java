package com.poolbrain.webhooks.engine.ledger;

import java.util.List;
import java.util.Map;

/// All that one submission makes: stored together or not at all.
///
/// @param storedResponses what is to be answered to a repeat, by the key that it will bring
public record Plan(
    List<NewEvent> events,
    List<NewDelivery> deliveries,
    Map<IdempotencyKey, StoredResponse> storedResponses) {}
