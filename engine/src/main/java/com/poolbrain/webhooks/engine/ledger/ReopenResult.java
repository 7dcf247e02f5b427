package com.poolbrain.webhooks.engine.ledger;

import java.time.Instant;

/// How a request for a manual attempt ended.
public sealed interface ReopenResult {

  /// The caller owns the delivery now and makes the attempt.
  record Reopened(Claim claim) implements ReopenResult {}

  /// An attempt is running or about to start.
  record Busy() implements ReopenResult {}

  /// The content of the delivery was erased; it can't be sent again.
  record Erased(Instant erasedAt) implements ReopenResult {}

  /// The company has no such delivery.
  record NotFound() implements ReopenResult {}
}
