package com.poolbrain.webhooks.domain;

import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// The configuration that decides where the events of a company go.
///
/// @param endpoints all endpoints of the company, deleted ones included
/// @param erasures what of its content is being erased
/// @param deleted whether the company is being deleted: nothing can be published for it
public record CompanyConfig(
    Company company, List<Endpoint> endpoints, List<Erasure> erasures, boolean deleted) {

  public CompanyConfig {
    endpoints = List.copyOf(endpoints);
    erasures = List.copyOf(erasures);
  }

  /// A company of which nothing is being erased.
  public CompanyConfig(Company company, List<Endpoint> endpoints) {
    this(company, endpoints, List.of(), false);
  }

  /// The same configuration with these endpoints.
  public CompanyConfig withEndpoints(List<Endpoint> newEndpoints) {
    return new CompanyConfig(company, newEndpoints, erasures, deleted);
  }

  /// The endpoint with that id; null if the company has none.
  public @Nullable Endpoint endpoint(UUID id) {
    for (Endpoint endpoint : endpoints) {
      if (endpoint.id().equals(id)) {
        return endpoint;
      }
    }
    return null;
  }

  /// The same configuration with one endpoint changed.
  public CompanyConfig withEndpoint(UUID id, UnaryOperator<Endpoint> change) {
    return withEndpoints(
        endpoints.stream()
            .map(endpoint -> endpoint.id().equals(id) ? change.apply(endpoint) : endpoint)
            .toList());
  }

  /// The same configuration with webhooks of the company switched on or off.
  public CompanyConfig withWebhooksEnabled(boolean enabled) {
    return new CompanyConfig(
        new Company(company.id(), company.name(), enabled), endpoints, erasures, deleted);
  }

  /// The number of deliveries that an event of this type creates, including those that are skipped
  /// because their endpoint is paused.
  public int fanOutCount(EventType type) {
    int count = 0;
    for (Endpoint endpoint : endpoints) {
      if (!endpoint.deleted() && endpoint.subscribedNameFor(type) != null) {
        count++;
      }
    }
    return count;
  }

  /// The reason why no automatic attempt may start now; null if one may. Several reasons are
  /// ordered by [SkipReason].
  public @Nullable SkipReason blockReason(Endpoint endpoint, EventType type) {
    SkipReason reason = blockReason(endpoint);
    return reason == null && endpoint.subscribedNameFor(type) == null
        ? SkipReason.UNSUBSCRIBED
        : reason;
  }

  /// The reason why no automatic attempt of any type may start now; null if one may.
  public @Nullable SkipReason blockReason(Endpoint endpoint) {
    if (endpoint.deleted()) {
      return SkipReason.CANCELLED;
    }
    if (!company.webhooksEnabled()) {
      return SkipReason.WEBHOOKS_OFF;
    }
    return endpoint.paused() ? SkipReason.ENDPOINT_PAUSED : null;
  }
}
