package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import org.jspecify.annotations.Nullable;

/// What is to be recorded about a claimed delivery.
public sealed interface AttemptResult {

  /// The claim whose attempt was due.
  Claim claim();

  /// What becomes of the delivery.
  Verdict verdict();

  /// The attempt that was made; null if nothing was sent.
  @Nullable Attempt attempt();

  /// A request was sent, or sending it failed.
  record Sent(Claim claim, Attempt attempt, Verdict verdict) implements AttemptResult {

    /// What the attempt says about the health of its endpoint; null for a test, or a failure that
    /// the endpoint did not cause, which say nothing.
    public @Nullable Outcome healthOutcome() {
      return attempt.trigger() == Trigger.TEST || !attempt.outcome().isCausedByEndpoint()
          ? null
          : attempt.outcome();
    }
  }

  /// No request was sent; the verdict says why.
  record NotSent(Claim claim, Verdict verdict) implements AttemptResult {

    @Override
    public @Nullable Attempt attempt() {
      return null;
    }
  }
}
