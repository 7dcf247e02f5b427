package com.poolbrain.webhooks.engine.ledger;

/// What came of asking to cancel a delivery.
public enum CancelResult {
  /// It is skipped now.
  CANCELLED,
  /// An attempt is running or about to start.
  BUSY,
  /// It had ended before.
  ALREADY_ENDED,
  /// The company has no such delivery.
  NOT_FOUND
}
