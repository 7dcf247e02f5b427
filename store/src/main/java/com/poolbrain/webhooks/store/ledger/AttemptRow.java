package com.poolbrain.webhooks.store.ledger;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.AttemptDetails;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.Outcome;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A row of `attempt`, or the inline attempt of a row of `delivery`.
///
/// @param previousStatus of the delivery before its result; null if it follows from the claim
/// @param late whether the node that recorded it no longer owned the delivery
/// @param answerErased whether nothing of the response but its status is stored
record AttemptRow(
    DeliveryKey key,
    int number,
    @Nullable DeliveryStatus previousStatus,
    boolean late,
    Attempt attempt,
    boolean answerErased) {

  /// This attempt as an erasure leaves it.
  AttemptRow withAnswerErased() {
    return new AttemptRow(key, number, previousStatus, late, attempt, true);
  }

  @Nullable String storedPreviousStatus() {
    return previousStatus == null ? null : previousStatus.wireName();
  }

  int durationMicros() {
    return Math.clamp(attempt.duration().toNanos() / 1_000, 0, Integer.MAX_VALUE);
  }

  @Nullable Integer statusCode() {
    EndpointResponse response = response();
    return response == null ? null : response.statusCode();
  }

  @Nullable String responseBody() {
    EndpointResponse response = response();
    return response == null || answerErased ? null : response.body();
  }

  @Nullable String error() {
    return switch (attempt.outcome()) {
      case Outcome.Delivered _ -> null;
      case Outcome.Failed failed -> failed.error().wireName();
    };
  }

  private @Nullable EndpointResponse response() {
    return attempt.outcome().response();
  }

  @Nullable String url() {
    return detail(AttemptDetails::url);
  }

  @Nullable Instant plannedAt() {
    return detail(AttemptDetails::plannedAt);
  }

  @Nullable String address() {
    return detail(AttemptDetails::address);
  }

  @Nullable String detail() {
    return answerErased ? null : detail(AttemptDetails::detail);
  }

  @Nullable String responseHeaders() {
    return detail(details ->
        answerErased || details.responseHeaders().isEmpty()
            ? null
            : ResponseHeaders.format(details.responseHeaders()));
  }

  @Nullable Integer responseBytes() {
    return detail(AttemptDetails::responseBytes);
  }

  @Nullable String actor() {
    return detail(AttemptDetails::actor);
  }

  private <T> @Nullable T detail(Function<AttemptDetails, @Nullable T> field) {
    AttemptDetails details = attempt.details();
    return details == null ? null : field.apply(details);
  }
}
