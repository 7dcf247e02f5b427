package com.poolbrain.webhooks.web.component;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.job.JobStatus;
import com.poolbrain.webhooks.domain.statistics.Health;
import org.jspecify.annotations.Nullable;

/// The word, icon and tone of each state.
public final class StatusWords {

  private StatusWords() {}

  /// The health of an endpoint.
  ///
  /// @param since when the endpoint began to fail, in words; null if it is not known
  public static StatusView of(Health health, @Nullable String since) {
    return switch (health) {
      case NEVER_DELIVERED -> new StatusView("mute", "never", "Never delivered");
      case HEALTHY -> new StatusView("ok", "delivered", "Healthy");
      case DEGRADED -> new StatusView("warn", "degraded", "Degraded");
      case FAILING ->
          new StatusView("bad", "failed", since == null ? "Failing" : "Failing since " + since);
      case PAUSED -> new StatusView("mute", "paused", "Paused");
    };
  }

  /// The status of a background job.
  public static StatusView of(JobStatus status) {
    return switch (status) {
      case RUNNING -> new StatusView("info", "delivering", "running");
      case DONE -> new StatusView("ok", "delivered", "done");
      case CANCELLED -> new StatusView("mute", "skipped", "cancelled");
      case FAILED -> new StatusView("bad", "failed", "failed");
    };
  }

  /// The status of a delivery.
  public static StatusView of(DeliveryStatus status) {
    return switch (status) {
      case PENDING -> new StatusView("mute", "pending", "pending");
      case DELIVERING -> new StatusView("info", "delivering", "delivering");
      case DELIVERED -> new StatusView("ok", "delivered", "delivered");
      case RETRYING -> new StatusView("warn", "retrying", "retrying");
      case PERMANENTLY_FAILED -> new StatusView("bad", "failed", "permanently failed");
      case SKIPPED -> new StatusView("mute", "skipped", "skipped");
    };
  }
}
