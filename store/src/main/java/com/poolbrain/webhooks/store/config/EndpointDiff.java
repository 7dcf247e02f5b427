package com.poolbrain.webhooks.store.config;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.audit.FieldChanges;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// The differences between two versions of an endpoint, by the names of the API.
final class EndpointDiff {

  private EndpointDiff() {}

  static FieldChanges between(Endpoint before, Endpoint after) {
    Endpoint.DeliveryOptions from = before.deliveryOptions();
    Endpoint.DeliveryOptions to = after.deliveryOptions();
    FieldChanges changes = FieldChanges.none();
    if (!before.signingSecrets().isReadable() && after.signingSecrets().isReadable()) {
      changes.compare("secret", "unreadable", "replaced");
    }
    return changes
        .compare("url", before.url().toString(), after.url().toString())
        .compare("events", before.subscribedEvents(), after.subscribedEvents())
        .compare("description", before.description(), after.description())
        .compare("paused", before.paused(), after.paused())
        .compare("timeout_seconds", seconds(from.timeout()), seconds(to.timeout()))
        .compare("max_concurrency", from.maxConcurrency(), to.maxConcurrency())
        .compare("rate_per_second", from.ratePerSecond(), to.ratePerSecond())
        .compare("standard_webhooks", from.standardWebhooks(), to.standardWebhooks())
        .compare("trace_context", from.traceContext(), to.traceContext())
        .compare("alert_emails", before.alertEmails(), after.alertEmails());
  }

  static FieldChanges created(Endpoint endpoint) {
    return FieldChanges.none()
        .added("url", endpoint.url().toString())
        .added("events", endpoint.subscribedEvents());
  }

  static FieldChanges deleted(Endpoint endpoint) {
    return FieldChanges.none()
        .removed("url", endpoint.url().toString())
        .removed("events", endpoint.subscribedEvents());
  }

  private static @Nullable Double seconds(@Nullable Duration duration) {
    return duration == null ? null : duration.toMillis() / 1_000.0;
  }
}
