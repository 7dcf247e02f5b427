package com.poolbrain.webhooks.engine.ledger;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import org.jspecify.annotations.Nullable;

/// What is to be recorded about a claimed delivery.
///
/// @param attempt the one that was made; null if there was none
public record AttemptResult(Claim claim, @Nullable Attempt attempt, Verdict verdict) {

  /// What this says about the endpoint's health; null if nothing.
  @Nullable
  public Outcome healthOutcome() {
    return attempt == null || attempt.trigger() == Trigger.TEST ? null : attempt.outcome();
  }

  /// The finished attempt; null if there was none.
  @Nullable
  public DeliveryRecorded toDeliveryRecorded(RecordedResult recordedResult) {
    return attempt == null ? null : new DeliveryRecorded(claim, attempt, verdict, recordedResult);
  }
}
