package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Deliveries of one endpoint that a background job made due, with the whole schedule before them.
public record DeliveriesRestarted(
    long companyId, UUID endpointId, List<RestartedDelivery> deliveries) {

  public DeliveriesRestarted {
    deliveries = List.copyOf(deliveries);
  }

  /// One of them.
  ///
  /// @param eventName under which the endpoint gets the event
  /// @param previousStatus how it had ended; null if it was not made before
  public record RestartedDelivery(
      UUID id, String eventName, @Nullable DeliveryStatus previousStatus) {}
}
