package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.AttemptDetails;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Trigger;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A recorded attempt.
///
/// @param number from 1 within its delivery
/// @param statusCode of the response; null if there was none
/// @param error the class of the failure; null if the attempt succeeded
/// @param responseBody the beginning of the response body; null if there was no response
/// @param late whether its node no longer owned the delivery, so that a failure changed nothing
/// @param url that the request was sent to; null if the history of its endpoint is gone
/// @param details null if none are kept
public record LoggedAttempt(
    int number,
    Trigger trigger,
    Instant startedAt,
    Duration duration,
    @Nullable Integer statusCode,
    @Nullable ErrorClass error,
    @Nullable String responseBody,
    boolean late,
    @Nullable String url,
    @Nullable AttemptDetails details) {

  /// URL and response may have tokens of the endpoint.
  @Override
  public String toString() {
    return "LoggedAttempt[" + number + ", rest hidden]";
  }
}
