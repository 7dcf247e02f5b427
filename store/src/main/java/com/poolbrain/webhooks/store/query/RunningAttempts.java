package com.poolbrain.webhooks.store.query;

import java.util.UUID;

/// Tells which deliveries have a running attempt, which is not stored.
@FunctionalInterface
public interface RunningAttempts {

  /// Whether an attempt of the delivery is running.
  ///
  /// @param owner the incarnation of the node that owns the delivery
  boolean isRunning(UUID owner, UUID deliveryId);
}
