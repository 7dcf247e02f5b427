package com.poolbrain.webhooks.api.manage;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.AttemptDetails;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.manual.ManualAttemptResult.Completed;
import com.poolbrain.webhooks.engine.request.WebhookRequest;
import com.poolbrain.webhooks.management.DeliveryDetails;
import com.poolbrain.webhooks.store.query.LastAttempt;
import com.poolbrain.webhooks.store.query.LoggedAttempt;
import com.poolbrain.webhooks.store.query.LoggedDelivery;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A delivery as the API shows it.
///
/// @param test true for a test event, else null
/// @param jobId the job that recovered or replayed it; null if none did
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
    @Nullable Instant erasedAt,
    @Nullable Boolean test,
    @Nullable UUID jobId,
    int scheduleStep,
    @Nullable LastAttemptView lastAttempt) {

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
        delivery.erasedAt(),
        delivery.isTest() ? true : null,
        delivery.jobId(),
        delivery.scheduleStep(),
        LastAttemptView.of(delivery.lastAttempt()));
  }

  /// The latest attempt in short.
  record LastAttemptView(
      int number,
      String trigger,
      Instant startedAt,
      long durationMs,
      @Nullable Integer statusCode,
      @Nullable String error) {

    static @Nullable LastAttemptView of(@Nullable LastAttempt attempt) {
      return attempt == null
          ? null
          : new LastAttemptView(
              attempt.number(),
              attempt.trigger().wireName(),
              attempt.startedAt(),
              attempt.duration().toMillis(),
              attempt.statusCode(),
              attempt.error() == null ? null : attempt.error().wireName());
    }
  }

  /// A delivery with its attempts and its request.
  record DeliveryDetailView(
      @JsonUnwrapped DeliveryView delivery, List<AttemptView> attempts, RequestView request) {

    static DeliveryDetailView of(DeliveryDetails details) {
      return new DeliveryDetailView(
          DeliveryView.of(details.detail().delivery()),
          details.detail().attempts().stream().map(AttemptView::of).toList(),
          RequestView.of(details));
    }
  }

  /// The request of the next attempt, or of the last one if the delivery has ended.
  ///
  /// @param url null if the endpoint was deleted or its secret can't be read
  /// @param body the exact text
  record RequestView(@Nullable String url, Map<String, String> headers, String body) {

    static RequestView of(DeliveryDetails details) {
      WebhookRequest request = details.request();
      Map<String, String> headers = new LinkedHashMap<>();
      if (request != null) {
        request.headers().forEach(header -> headers.put(header.getKey(), header.getValue()));
      }
      return new RequestView(
          request == null ? null : request.url().toString(),
          headers,
          new String(details.body(), StandardCharsets.US_ASCII));
    }

    @Override
    public String toString() {
      return "RequestView[hidden]";
    }
  }

  /// An attempt.
  ///
  /// @param late true if its node no longer owned the delivery, so that its failure was ignored;
  ///   else null
  /// @param url where it was sent to; null if the history of its endpoint is gone
  /// @param location where a redirect pointed, as a whole URL if it is one
  record AttemptView(
      int number,
      String trigger,
      Instant startedAt,
      long durationMs,
      @Nullable Integer statusCode,
      @Nullable String error,
      @Nullable String responseBody,
      @Nullable Boolean late,
      @Nullable String url,
      @Nullable String detail,
      @Nullable String location,
      @Nullable Instant plannedAt,
      @Nullable String address,
      @Nullable Map<String, String> responseHeaders,
      @Nullable Integer responseBytes,
      @Nullable String actor) {

    /// URL and response may have tokens of the endpoint.
    @Override
    public String toString() {
      return "AttemptView[" + number + ", rest hidden]";
    }

    static AttemptView of(LoggedAttempt attempt) {
      ErrorClass error = attempt.error();
      AttemptDetails details = attempt.details();
      return new AttemptView(
          attempt.number(),
          attempt.trigger().wireName(),
          attempt.startedAt(),
          attempt.duration().toMillis(),
          attempt.statusCode(),
          error == null ? null : error.wireName(),
          attempt.responseBody(),
          attempt.late() ? true : null,
          attempt.url(),
          details == null ? null : details.detail(),
          details == null || error != ErrorClass.REDIRECT ? null : details.location(),
          details == null ? null : details.plannedAt(),
          details == null ? null : details.address(),
          details == null || details.responseHeaders().isEmpty() ? null : details.responseHeaders(),
          details == null ? null : details.responseBytes(),
          details == null ? null : details.actor());
    }

    /// The attempt of a test, as the delivery log will show it.
    static AttemptView of(Completed completed) {
      Attempt attempt = completed.sent().attempt();
      EndpointResponse response = attempt.outcome().response();
      AttemptDetails details = attempt.details();
      return of(
          new LoggedAttempt(
              completed.recorded().attemptNumber(),
              attempt.trigger(),
              attempt.startedAt(),
              attempt.duration(),
              response == null ? null : response.statusCode(),
              attempt.outcome() instanceof Outcome.Failed failed ? failed.error() : null,
              response == null ? null : response.body(),
              false,
              details == null ? null : details.url(),
              details));
    }
  }
}
