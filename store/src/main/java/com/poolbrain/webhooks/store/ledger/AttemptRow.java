package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.Outcome;
import org.jspecify.annotations.Nullable;

/// A row of `attempt`, or the inline attempt of a row of `delivery`.
///
/// @param late whether the node that recorded it no longer owned the delivery
record AttemptRow(DeliveryKey key, int number, boolean late, Attempt attempt) {

  int durationMicros() {
    return Math.clamp(attempt.duration().toNanos() / 1_000, 0, Integer.MAX_VALUE);
  }

  @Nullable Integer statusCode() {
    EndpointResponse response = response();
    return response == null ? null : response.statusCode();
  }

  @Nullable String responseBody() {
    EndpointResponse response = response();
    return response == null ? null : response.body();
  }

  @Nullable String error() {
    return switch (attempt.outcome()) {
      case Outcome.Delivered _ -> null;
      case Outcome.Failed failed -> failed.error().wireName();
    };
  }

  private @Nullable EndpointResponse response() {
    return switch (attempt.outcome()) {
      case Outcome.Delivered delivered -> delivered.response();
      case Outcome.Failed failed -> failed.response();
    };
  }
}
