package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.Outcome;
import org.jspecify.annotations.Nullable;

/// An attempt as it is recorded.
///
/// @param late whether it was settled by somebody who no longer owned the delivery
record AttemptRow(DeliveryKey deliveryKey, int number, boolean late, Attempt attempt) {

  int durationMicros() {
    return Math.clamp(attempt.duration().toNanos() / 1_000, 0, Integer.MAX_VALUE);
  }

  @Nullable Integer statusCode() {
    EndpointResponse endpointResponse = response();
    return endpointResponse == null ? null : endpointResponse.statusCode();
  }

  @Nullable String responseBody() {
    EndpointResponse endpointResponse = response();
    return endpointResponse == null ? null : endpointResponse.body();
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
