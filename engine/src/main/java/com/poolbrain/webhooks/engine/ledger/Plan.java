package com.poolbrain.webhooks.engine.ledger;

import java.util.List;
import java.util.Map;

/// Everything that one publish request becomes. It is stored completely or not at all.
///
/// @param storedResponses responses to repeats, by idempotency key
public record Plan(
    List<NewEvent> events,
    List<NewDelivery> deliveries,
    Map<IdempotencyKey, StoredResponse> storedResponses) {

  /// This plan with other deliveries.
  public Plan withDeliveries(List<NewDelivery> newDeliveries) {
    return new Plan(events, newDeliveries, storedResponses);
  }
}
