package com.poolbrain.webhooks.engine.ledger;

/// How a request to cancel a delivery ended.
public enum CancelResult {
  /// The delivery is skipped now.
  CANCELLED,
  /// An attempt is running or about to start.
  BUSY,
  /// The delivery had ended before.
  ALREADY_ENDED,
  /// The company has no such delivery.
  NOT_FOUND
}
