package com.poolbrain.webhooks.bench.crash;

/// When in its life a node is killed.
enum KillPoint {
  /// While it starts: it may be ready just before.
  STARTING,
  /// While events are published.
  LOADED,
  /// When everything was published, and deliveries are still to be made and recorded.
  SETTLING
}
