package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.statistics.Health;
import com.poolbrain.webhooks.store.statistics.EndpointStatus;
import org.jspecify.annotations.Nullable;

/// An endpoint and the result of its latest attempts.
public record EndpointWithHealth(Endpoint endpoint, EndpointStatus status) {

  /// An endpoint that was just created.
  public static EndpointWithHealth created(Endpoint endpoint) {
    return new EndpointWithHealth(
        endpoint, new EndpointStatus(Health.NEVER_DELIVERED, endpoint.createdAt(), null, null));
  }

  public Health health() {
    return status.health();
  }

  /// Why nothing can be sent to the endpoint, and what to do; null if its secret is readable.
  public @Nullable String problem() {
    return endpoint.signingSecrets().isReadable() ? null : RefusalText.UNREADABLE_SECRET;
  }
}
