package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Answer;
import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.Outcome;
import org.jspecify.annotations.Nullable;

/// An attempt as it is recorded.
///
/// @param late whether it was settled by somebody who no longer owned the delivery
record Made(Key delivery, int number, boolean late, Attempt attempt) {

  int durationMicros() {
    return Math.clamp(attempt.duration().toNanos() / 1_000, 0, Integer.MAX_VALUE);
  }

  @Nullable Integer statusCode() {
    Answer answer = answer();
    return answer == null ? null : answer.status();
  }

  @Nullable String responseBody() {
    Answer answer = answer();
    return answer == null ? null : answer.body();
  }

  @Nullable String error() {
    return switch (attempt.outcome()) {
      case Outcome.Delivered _ -> null;
      case Outcome.Failed failed -> failed.error().word();
    };
  }

  private @Nullable Answer answer() {
    return switch (attempt.outcome()) {
      case Outcome.Delivered delivered -> delivered.answer();
      case Outcome.Failed failed -> failed.answer();
    };
  }
}
