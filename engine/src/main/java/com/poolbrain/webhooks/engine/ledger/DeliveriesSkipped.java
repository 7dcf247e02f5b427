package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.SkipReason;
import java.util.List;
import java.util.UUID;

/// Deliveries of one endpoint that were skipped together, without a claim.
public record DeliveriesSkipped(
    long companyId, UUID endpointId, SkipReason reason, List<SkippedDelivery> deliveries) {

  /// One of them.
  ///
  /// @param eventName under which the endpoint would have got the event
  public record SkippedDelivery(UUID id, String eventName) {}

  /// How many there are.
  public int count() {
    return deliveries.size();
  }
}
