package com.poolbrain.webhooks.engine.ledger;

/// How storing plans ended.
public enum StoreResult {
  /// The plans are durable.
  STORED,
  /// Nothing was stored: the configuration changed since they were planned.
  STALE_CONFIG,
  /// Nothing was stored: one of the idempotency keys is known by now.
  DUPLICATE_KEY,
  /// Nothing was stored: this incarnation was declared dead.
  NODE_DEAD
}
