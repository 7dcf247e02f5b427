package com.poolbrain.webhooks.engine.ledger;

/// What came of asking for a manual attempt.
public sealed interface ReopenResult {

  /// The caller owns the delivery and makes the attempt.
  record Reopened(Claim claim) implements ReopenResult {}

  /// An attempt is running or about to start.
  record Busy() implements ReopenResult {}

  /// The company has no such delivery.
  record NotFound() implements ReopenResult {}
}
