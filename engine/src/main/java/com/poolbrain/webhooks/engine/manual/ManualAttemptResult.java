package com.poolbrain.webhooks.engine.manual;

import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.ledger.AttemptResult.Sent;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import java.time.Instant;

/// How a request for a manual attempt ended.
public sealed interface ManualAttemptResult {

  /// The attempt was made and is on record.
  record Completed(Sent sent, RecordedResult recorded) implements ManualAttemptResult {}

  /// The attempt has started.
  record Started(Claim claim) implements ManualAttemptResult {}

  /// Nothing may be sent to the endpoint: webhooks are off, or the endpoint is deleted.
  record Forbidden(SkipReason reason) implements ManualAttemptResult {}

  /// The secret of the endpoint can't be read, so nothing can be signed.
  record SecretUnreadable() implements ManualAttemptResult {}

  /// An attempt of the delivery is running, or another node is about to make one.
  record Busy() implements ManualAttemptResult {}

  /// Too many manual attempts are running, to this endpoint or on this node.
  record LimitReached() implements ManualAttemptResult {}

  /// The content of the delivery was erased; it can't be sent again.
  record Erased(Instant erasedAt) implements ManualAttemptResult {}

  /// The company has no such delivery or endpoint.
  record NotFound() implements ManualAttemptResult {}
}
