package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Health;
import org.jspecify.annotations.Nullable;

/// An endpoint and the result of its latest attempts.
public record EndpointWithHealth(Endpoint endpoint, Health health) {

  /// Why nothing can be sent to the endpoint, and what to do; null if its secret is readable.
  public @Nullable String problem() {
    return endpoint.signingSecrets().isReadable() ? null : RefusalText.UNREADABLE_SECRET;
  }
}
