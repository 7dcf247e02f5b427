package com.poolbrain.webhooks.management.export;

import com.poolbrain.webhooks.store.query.LastAttempt;
import com.poolbrain.webhooks.store.query.LoggedDelivery;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Deliveries as rows: the fields of the API's list, in its order.
final class DeliveryRows {

  static final List<String> COLUMNS =
      List.of(
          "id",
          "event_id",
          "company_id",
          "endpoint_id",
          "event",
          "items",
          "status",
          "skip_reason",
          "attempt_count",
          "created_at",
          "occurred_at",
          "next_attempt_at",
          "erased_at",
          "test",
          "job_id",
          "schedule_step",
          "last_attempt.number",
          "last_attempt.trigger",
          "last_attempt.started_at",
          "last_attempt.duration_ms",
          "last_attempt.status_code",
          "last_attempt.error");

  private DeliveryRows() {}

  static Row of(LoggedDelivery delivery) {
    return new Row()
        .with("id", delivery.id())
        .with("event_id", delivery.eventId())
        .with("company_id", delivery.companyId())
        .with("endpoint_id", delivery.endpointId())
        .with("event", delivery.eventName())
        .with("items", delivery.items())
        .with("status", delivery.status())
        .with("skip_reason", delivery.skipReason())
        .with("attempt_count", delivery.attemptCount())
        .with("created_at", delivery.createdAt())
        .with("occurred_at", delivery.occurredAt())
        .with("next_attempt_at", delivery.nextAttemptAt())
        .with("erased_at", delivery.erasedAt())
        .with("test", delivery.isTest() ? true : null)
        .with("job_id", delivery.jobId())
        .with("schedule_step", delivery.scheduleStep())
        .with("last_attempt", lastAttempt(delivery.lastAttempt()));
  }

  private static @Nullable Row lastAttempt(@Nullable LastAttempt attempt) {
    if (attempt == null) {
      return null;
    }
    return new Row()
        .with("number", attempt.number())
        .with("trigger", attempt.trigger())
        .with("started_at", attempt.startedAt())
        .with("duration_ms", attempt.duration().toMillis())
        .with("status_code", attempt.statusCode())
        .with("error", attempt.error());
  }
}
