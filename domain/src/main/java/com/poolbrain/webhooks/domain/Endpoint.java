package com.poolbrain.webhooks.domain;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where a company wants its events, which ones, and how.
///
/// @param subscribedEvents the ticked event names, canonical or alias, in the spelling of the
///   catalogue
/// @param deleted soft-deleted: kept for the record, never sent to
public record Endpoint(
    UUID id,
    long companyId,
    URI url,
    List<String> subscribedEvents,
    String description,
    boolean paused,
    boolean deleted,
    Instant createdAt,
    SigningSecrets signingSecrets,
    DeliveryOptions deliveryOptions) {

  public Endpoint {
    subscribedEvents = List.copyOf(subscribedEvents);
  }

  /// How requests to this endpoint are made, where it differs from the service's settings.
  ///
  /// @param timeout for the whole exchange
  /// @param maxConcurrency attempts at a time over all nodes
  /// @param ratePerSecond attempts started a second over all nodes
  /// @param standardWebhooks also send the headers of Standard Webhooks 1.0
  public record DeliveryOptions(
      @Nullable Duration timeout,
      @Nullable Integer maxConcurrency,
      @Nullable Double ratePerSecond,
      boolean standardWebhooks) {

    /// The service's settings throughout.
    public static final DeliveryOptions DEFAULT = new DeliveryOptions(null, null, null, false);
  }

  /// The same endpoint with these secrets.
  public Endpoint withSecrets(SigningSecrets newSecrets) {
    return new Endpoint(
        id,
        companyId,
        url,
        subscribedEvents,
        description,
        paused,
        deleted,
        createdAt,
        newSecrets,
        deliveryOptions);
  }

  /// The name under which this endpoint gets events of that type: the canonical one if it is
  /// ticked, else the first ticked alias, else none.
  public @Nullable String subscribedNameFor(EventType type) {
    if (subscribedEvents.contains(type.name())) {
      return type.name();
    }
    for (String alias : type.aliases()) {
      if (subscribedEvents.contains(alias)) {
        return alias;
      }
    }
    return null;
  }
}
