package com.poolbrain.webhooks.engine.ledger;

/// What became of plans that were to be stored.
public enum StoreResult {
  /// They are durable.
  STORED,
  /// Nothing was stored: the configuration changed since they were planned.
  STALE_CONFIG,
  /// Nothing was stored: one of the idempotency keys is known by now.
  DUPLICATE_KEY,
  /// Nothing was stored: this incarnation was declared dead.
  NODE_DEAD
}
