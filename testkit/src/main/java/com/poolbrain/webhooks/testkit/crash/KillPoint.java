package com.poolbrain.webhooks.testkit.crash;

/// Phase of a round in which the node is killed.
enum KillPoint {
  /// While the node starts, or shortly after it is ready.
  STARTING,
  /// While events are published.
  LOADED,
  /// After the last event was accepted, while deliveries are sent and recorded.
  SETTLING
}
