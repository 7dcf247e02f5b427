package com.poolbrain.webhooks.api.manage;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.management.EndpointWithHealth;
import com.poolbrain.webhooks.store.statistics.EndpointStatus;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An endpoint as the API shows it.
///
/// @param problem why nothing can be sent to it, and what to do; null if there is none
/// @param secret only in the response to its creation
record EndpointView(
    UUID id,
    long companyId,
    String url,
    List<String> events,
    String description,
    boolean paused,
    String status,
    Instant statusSince,
    @Nullable Instant lastDeliveryAt,
    @Nullable Instant certificateExpiresAt,
    Instant createdAt,
    @Nullable Long timeoutSeconds,
    @Nullable Integer maxConcurrency,
    @Nullable Double ratePerSecond,
    boolean standardWebhooks,
    boolean traceContext,
    List<String> alertEmails,
    long version,
    @Nullable String problem,
    @Nullable String secret) {

  static EndpointView of(EndpointWithHealth endpoint) {
    return of(endpoint, null);
  }

  static EndpointView created(Endpoint endpoint) {
    return of(EndpointWithHealth.created(endpoint), endpoint.signingSecrets().active());
  }

  private static EndpointView of(EndpointWithHealth withHealth, @Nullable String secret) {
    Endpoint endpoint = withHealth.endpoint();
    EndpointStatus status = withHealth.status();
    Endpoint.DeliveryOptions deliveryOptions = endpoint.deliveryOptions();
    return new EndpointView(
        endpoint.id(),
        endpoint.companyId(),
        endpoint.url().toString(),
        endpoint.subscribedEvents(),
        endpoint.description(),
        endpoint.paused(),
        status.health().wireName(),
        status.since(),
        status.lastDeliveryAt(),
        status.certificateExpiresAt(),
        endpoint.createdAt(),
        deliveryOptions.timeout() == null ? null : deliveryOptions.timeout().toSeconds(),
        deliveryOptions.maxConcurrency(),
        deliveryOptions.ratePerSecond(),
        deliveryOptions.standardWebhooks(),
        deliveryOptions.traceContext(),
        endpoint.alertEmails(),
        endpoint.version(),
        withHealth.problem(),
        secret);
  }

  @Override
  public String toString() {
    return "EndpointView[" + id + "]";
  }
}
