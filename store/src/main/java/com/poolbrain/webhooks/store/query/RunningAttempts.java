package com.poolbrain.webhooks.store.query;

import java.util.UUID;

/// Knows what is being attempted at this moment, which is never stored.
@FunctionalInterface
public interface RunningAttempts {

  /// Whether an attempt of the delivery is running.
  ///
  /// @param owner the life of the node that owns it
  boolean isRunning(UUID owner, UUID deliveryId);
}
