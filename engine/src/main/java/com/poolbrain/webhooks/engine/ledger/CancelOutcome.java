package com.poolbrain.webhooks.engine.ledger;

import org.jspecify.annotations.Nullable;

/// What the ledger did with a request to cancel a delivery.
///
/// @param skipped the cancelled delivery; null if nothing was changed
public record CancelOutcome(CancelResult result, @Nullable DeliveriesSkipped skipped) {

  /// Nothing was changed.
  public static CancelOutcome unchanged(CancelResult result) {
    return new CancelOutcome(result, null);
  }

  /// The delivery is skipped now.
  public static CancelOutcome cancelled(DeliveriesSkipped skipped) {
    return new CancelOutcome(CancelResult.CANCELLED, skipped);
  }
}
