package com.poolbrain.webhooks.store.log;

import java.util.UUID;

/// Knows what is being attempted at this moment, which is never stored.
@FunctionalInterface
public interface Running {

  /// Whether an attempt of the delivery is running.
  ///
  /// @param owner the life of the node that owns it
  boolean running(UUID owner, UUID deliveryId);
}
