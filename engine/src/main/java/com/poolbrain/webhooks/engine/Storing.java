package com.poolbrain.webhooks.engine;

/// What became of plans that were to be stored.
public enum Storing {
  /// They are durable.
  STORED,
  /// Nothing was stored: the configuration changed since they were planned.
  STALE,
  /// Nothing was stored: one of the idempotency keys is known by now.
  KEY_KNOWN,
  /// Nothing was stored: this incarnation was declared dead.
  DEAD
}
