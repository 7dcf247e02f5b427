package com.poolbrain.webhooks.engine.intake;

import com.poolbrain.webhooks.engine.ledger.Receipt;
import java.util.List;

/// What became of a submission.
public sealed interface PublishResult {

  /// It is durable; one receipt for each object.
  record Accepted(List<Receipt> receipts) implements PublishResult {}

  /// Nothing was stored, for these reasons.
  record Rejected(List<Rejection> rejections) implements PublishResult {}

  /// Nothing was stored: an idempotency key is known with other content.
  ///
  /// @param eventIndex index of the object whose key it is; -1 for the key of the whole request
  record Conflict(int eventIndex) implements PublishResult {}

  /// Why an object can't be accepted.
  ///
  /// @param eventIndex index of the object; -1 for the request as a whole
  record Rejection(int eventIndex, Reason reason) {}

  /// The reasons that only the configuration of the moment can give.
  enum Reason {
    UNKNOWN_COMPANY,
    TOO_MANY_DELIVERIES
  }
}
