package com.poolbrain.webhooks.api.manage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.store.query.LoggedAttempt;
import com.poolbrain.webhooks.store.query.LoggedDelivery;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A delivery as the API shows it.
///
/// @param test only there for a test send
record DeliveryView(
    UUID id,
    UUID eventId,
    long companyId,
    UUID endpointId,
    String event,
    int items,
    String status,
    @Nullable String skipReason,
    int attemptCount,
    Instant createdAt,
    Instant occurredAt,
    @Nullable Instant nextAttemptAt,
    @Nullable Boolean test) {

  static DeliveryView of(LoggedDelivery delivery) {
    SkipReason reason = delivery.skipReason();
    return new DeliveryView(
        delivery.id(),
        delivery.eventId(),
        delivery.companyId(),
        delivery.endpointId(),
        delivery.eventName(),
        delivery.items(),
        delivery.status().wireName(),
        reason == null ? null : reason.wireName(),
        delivery.attemptCount(),
        delivery.createdAt(),
        delivery.occurredAt(),
        delivery.nextAttemptAt(),
        delivery.isTest() ? true : null);
  }

  /// One delivery with all that belongs to it.
  record DeliveryDetailView(
      @JsonUnwrapped DeliveryView delivery, List<AttemptView> attempts, RequestView request) {}

  /// What is sent: of an open delivery the next request, of another one the last.
  ///
  /// @param url null if the endpoint is not known any more
  /// @param body the exact text
  record RequestView(@Nullable String url, Map<String, String> headers, String body) {}

  /// An attempt.
  ///
  /// @param late only there if its node no longer owned the delivery: the failure changed nothing
  record AttemptView(
      int number,
      String trigger,
      Instant startedAt,
      long durationMs,
      @Nullable Integer statusCode,
      @Nullable String error,
      @Nullable String responseBody,
      @Nullable Boolean late) {

    static AttemptView of(LoggedAttempt attempt) {
      ErrorClass error = attempt.error();
      return new AttemptView(
          attempt.number(),
          attempt.trigger().wireName(),
          attempt.startedAt(),
          attempt.duration().toMillis(),
          attempt.statusCode(),
          error == null ? null : error.wireName(),
          attempt.responseBody(),
          attempt.late() ? true : null);
    }
  }
}
