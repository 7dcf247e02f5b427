package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.domain.statistics.ShownCertificate;
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
  ///
  /// @param certificate that the endpoint showed when the connection was opened; null without TLS,
  ///   or without a connection
  record Sent(Claim claim, Attempt attempt, Verdict verdict, @Nullable ShownCertificate certificate)
      implements AttemptResult {

    /// A result without a certificate.
    public Sent(Claim claim, Attempt attempt, Verdict verdict) {
      this(claim, attempt, verdict, null);
    }

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
