package com.poolbrain.webhooks.domain;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A URL to which a company's events are sent, with its subscriptions and delivery options.
///
/// @param subscribedEvents event names, canonical or alias, in the spelling of the catalogue
/// @param deleted soft-deleted: kept for the delivery log, never sent to
/// @param alertEmails who is told about the health of the endpoint
/// @param version of the configuration that last changed the endpoint; 0 before it is stored
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
    DeliveryOptions deliveryOptions,
    List<String> alertEmails,
    long version) {

  public Endpoint {
    subscribedEvents = List.copyOf(subscribedEvents);
    alertEmails = List.copyOf(alertEmails);
  }

  /// How requests to one endpoint are made. Null means the service's setting.
  ///
  /// @param timeout for the whole exchange
  /// @param maxConcurrency attempts at a time over all nodes
  /// @param ratePerSecond attempts started per second over all nodes
  /// @param standardWebhooks whether the headers of Standard Webhooks 1.0 are sent too
  /// @param traceContext whether the header `traceparent` of W3C Trace Context is sent too
  public record DeliveryOptions(
      @Nullable Duration timeout,
      @Nullable Integer maxConcurrency,
      @Nullable Double ratePerSecond,
      boolean standardWebhooks,
      boolean traceContext) {

    /// The service's setting for everything, without further headers.
    public static final DeliveryOptions DEFAULT =
        new DeliveryOptions(null, null, null, false, false);
  }

  /// The events that an endpoint subscribed.
  ///
  /// @param events event names, canonical or alias, in the spelling of the catalogue
  public record Subscription(List<String> events) {

    /// The name under which events of a type are sent: the canonical name if it is subscribed, else
    /// the first subscribed alias, else null.
    public @Nullable String nameFor(EventType type) {
      if (events.contains(type.name())) {
        return type.name();
      }
      for (String alias : type.aliases()) {
        if (events.contains(alias)) {
          return alias;
        }
      }
      return null;
    }

    /// All names of the subscribed types, whatever name each is subscribed under.
    ///
    /// @param types event types by any of their names, null for an unknown name
    public List<String> allNames(Function<String, @Nullable EventType> types) {
      Set<String> names = new LinkedHashSet<>();
      for (String subscribed : events) {
        names.add(subscribed);
        EventType type = types.apply(subscribed);
        if (type != null) {
          names.add(type.name());
          names.addAll(type.aliases());
        }
      }
      return List.copyOf(names);
    }

    /// The subscribed types by their canonical names, with the name under which each is sent.
    ///
    /// @param types event types by any of their names, null for an unknown name
    public Map<String, String> namesByType(Function<String, @Nullable EventType> types) {
      Map<String, String> names = new LinkedHashMap<>();
      for (String subscribed : events) {
        EventType type = types.apply(subscribed);
        if (type != null) {
          String name = nameFor(type);
          if (name != null) {
            names.put(type.name(), name);
          }
        }
      }
      return names;
    }
  }

  /// A new endpoint: active, without a description, with the default delivery options.
  public static Endpoint create(
      UUID id,
      long companyId,
      URI url,
      List<String> subscribedEvents,
      String secret,
      Instant createdAt) {
    return new Endpoint(
        id,
        companyId,
        url,
        subscribedEvents,
        "",
        false,
        false,
        createdAt,
        SigningSecrets.of(secret),
        DeliveryOptions.DEFAULT,
        List.of(),
        0);
  }

  public Endpoint withUrl(URI newUrl) {
    return copy(newUrl, subscribedEvents, description, paused, deleted);
  }

  public Endpoint withSubscribedEvents(List<String> newEvents) {
    return copy(url, newEvents, description, paused, deleted);
  }

  public Endpoint withDescription(String newDescription) {
    return copy(url, subscribedEvents, newDescription, paused, deleted);
  }

  public Endpoint withPaused(boolean isPaused) {
    return copy(url, subscribedEvents, description, isPaused, deleted);
  }

  /// A deletion destroys the secrets.
  public Endpoint withDeleted(boolean isDeleted) {
    Endpoint changed = copy(url, subscribedEvents, description, paused, isDeleted);
    return isDeleted ? changed.withSecrets(SigningSecrets.UNREADABLE) : changed;
  }

  public Endpoint withSecrets(SigningSecrets newSecrets) {
    return copy(newSecrets, deliveryOptions, alertEmails, version);
  }

  public Endpoint withDeliveryOptions(DeliveryOptions newOptions) {
    return copy(signingSecrets, newOptions, alertEmails, version);
  }

  public Endpoint withAlertEmails(List<String> newEmails) {
    return copy(signingSecrets, deliveryOptions, newEmails, version);
  }

  public Endpoint withVersion(long newVersion) {
    return copy(signingSecrets, deliveryOptions, alertEmails, newVersion);
  }

  private Endpoint copy(
      URI newUrl,
      List<String> newEvents,
      String newDescription,
      boolean isPaused,
      boolean isDeleted) {
    return new Endpoint(
        id,
        companyId,
        newUrl,
        newEvents,
        newDescription,
        isPaused,
        isDeleted,
        createdAt,
        signingSecrets,
        deliveryOptions,
        alertEmails,
        version);
  }

  private Endpoint copy(
      SigningSecrets newSecrets,
      DeliveryOptions newOptions,
      List<String> newEmails,
      long newVersion) {
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
        newOptions,
        newEmails,
        newVersion);
  }

  /// The events that this endpoint subscribed.
  public Subscription subscription() {
    return new Subscription(subscribedEvents);
  }

  /// The name under which this endpoint gets events of a type; null if it is not subscribed.
  public @Nullable String subscribedNameFor(EventType type) {
    return subscription().nameFor(type);
  }

  /// Id and host only: path and query of a URL may have tokens.
  @Override
  public String toString() {
    return "Endpoint[" + id + " at " + url.getRawAuthority() + "]";
  }
}
