package com.poolbrain.webhooks.testkit.crash;

/// What the node is doing when it is killed.
enum KillPoint {
  /// It starts, or became ready a moment ago.
  STARTING,
  /// It accepts events, and delivers earlier ones.
  ACCEPTING,
  /// It has accepted the last event, and delivers the remaining ones.
  DELIVERING
}
