package com.poolbrain.webhooks.api.manage;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Health;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An endpoint as the API shows it.
///
/// @param problem why nothing can be sent to it, and what to do; null if all is well
/// @param secret only in the answer to its creation
record EndpointView(
    UUID id,
    long companyId,
    String url,
    List<String> events,
    String description,
    boolean paused,
    String status,
    Instant createdAt,
    @Nullable Long timeoutSeconds,
    @Nullable Integer maxConcurrency,
    @Nullable Double ratePerSecond,
    boolean standardWebhooks,
    @Nullable String problem,
    @Nullable String secret) {

  static EndpointView of(Endpoint endpoint, Health health) {
    return of(endpoint, health, null);
  }

  static EndpointView created(Endpoint endpoint) {
    return of(endpoint, Health.NEVER_DELIVERED, endpoint.signingSecrets().active());
  }

  private static EndpointView of(Endpoint endpoint, Health health, @Nullable String secret) {
    Endpoint.DeliveryOptions deliveryOptions = endpoint.deliveryOptions();
    return new EndpointView(
        endpoint.id(),
        endpoint.companyId(),
        endpoint.url().toString(),
        endpoint.subscribedEvents(),
        endpoint.description(),
        endpoint.paused(),
        health.wireName(),
        endpoint.createdAt(),
        deliveryOptions.timeout() == null ? null : deliveryOptions.timeout().toSeconds(),
        deliveryOptions.maxConcurrency(),
        deliveryOptions.ratePerSecond(),
        deliveryOptions.standardWebhooks(),
        endpoint.signingSecrets().isReadable() ? null : SecretsView.UNREADABLE_MESSAGE,
        secret);
  }
}
