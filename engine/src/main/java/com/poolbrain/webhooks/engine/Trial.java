package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.SkipReason;

/// What came of asking for an attempt out of turn.
public sealed interface Trial {

  /// It was made.
  record Made(AttemptFinished finished) implements Trial {}

  /// It has begun.
  record Started(Claim claim) implements Trial {}

  /// Nothing may be sent there: webhooks are off, or the endpoint is deleted.
  record Forbidden(SkipReason reason) implements Trial {}

  /// The secret of the endpoint can't be read, so nothing can be signed.
  record Unsigned() implements Trial {}

  /// An attempt of it is running, or another node is about to make one.
  record Busy() implements Trial {}

  /// People asked for too much at once, of that endpoint or of this node.
  record TooMany() implements Trial {}

  /// The company has no such delivery or endpoint.
  record Unknown() implements Trial {}
}
