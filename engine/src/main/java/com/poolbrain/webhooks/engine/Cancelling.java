package com.poolbrain.webhooks.engine;

/// What came of asking to cancel a delivery.
public enum Cancelling {
  /// It is skipped now.
  CANCELLED,
  /// An attempt is running or about to start.
  BUSY,
  /// It had ended before.
  ENDED,
  /// The company has no such delivery.
  UNKNOWN
}
