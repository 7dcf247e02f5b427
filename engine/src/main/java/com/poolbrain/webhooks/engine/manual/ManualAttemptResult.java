package com.poolbrain.webhooks.engine.manual;

import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;

/// What came of asking for an attempt out of turn.
public sealed interface ManualAttemptResult {

  /// It was made.
  record Completed(DeliveryRecorded recorded) implements ManualAttemptResult {}

  /// It has begun.
  record Started(Claim claim) implements ManualAttemptResult {}

  /// Nothing may be sent there: webhooks are off, or the endpoint is deleted.
  record Forbidden(SkipReason reason) implements ManualAttemptResult {}

  /// The secret of the endpoint can't be read, so nothing can be signed.
  record SecretUnreadable() implements ManualAttemptResult {}

  /// An attempt of it is running, or another node is about to make one.
  record Busy() implements ManualAttemptResult {}

  /// People asked for too much at once, of that endpoint or of this node.
  record LimitReached() implements ManualAttemptResult {}

  /// The company has no such delivery or endpoint.
  record NotFound() implements ManualAttemptResult {}
}
