package com.poolbrain.webhooks.engine.intake;

import com.poolbrain.webhooks.engine.ledger.Receipt;
import java.util.List;

/// How a publish request ended.
public sealed interface PublishResult {

  /// The request is durable.
  record Accepted(List<Receipt> receipts) implements PublishResult {}

  /// Nothing was stored.
  record Rejected(List<Rejection> rejections) implements PublishResult {}

  /// Nothing was stored: an idempotency key was used before with other content.
  ///
  /// @param eventIndex index of the object whose key it is; -1 for the key of the whole request
  record Conflict(int eventIndex) implements PublishResult {}

  /// Why an object can't be accepted.
  ///
  /// @param eventIndex index of the object; -1 for the request as a whole
  record Rejection(int eventIndex, Reason reason) {}

  /// Reasons that follow from the configuration at the time of the request.
  enum Reason {
    UNKNOWN_COMPANY,
    TOO_MANY_DELIVERIES
  }
}
