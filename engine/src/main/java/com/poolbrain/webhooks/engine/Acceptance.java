package com.poolbrain.webhooks.engine;

import java.util.List;

/// What became of a submission.
public sealed interface Acceptance {

  /// It is durable; one receipt for each object.
  record Accepted(List<Receipt> receipts) implements Acceptance {}

  /// Nothing was stored, for these reasons.
  record Rejected(List<Rejection> reasons) implements Acceptance {}

  /// Nothing was stored: an idempotency key is known with other content.
  ///
  /// @param part index of the object whose key it is; -1 for the key of the whole request
  record Conflict(int part) implements Acceptance {}

  /// Why an object can't be accepted.
  ///
  /// @param part index of the object; -1 for the request as a whole
  record Rejection(int part, Why why) {}

  /// The reasons that only the configuration of the moment can give.
  enum Why {
    UNKNOWN_COMPANY,
    TOO_MANY_DELIVERIES
  }
}
