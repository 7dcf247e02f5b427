package com.poolbrain.webhooks.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A company with its endpoints, deleted ones included: all that decides where its events go.
public record CompanyConfig(Company company, List<Endpoint> endpoints) {

  public CompanyConfig {
    endpoints = List.copyOf(endpoints);
  }

  /// How many deliveries an event of this type becomes; those that are skipped because their
  /// endpoint is paused count, too.
  public int fanOutCount(EventType type) {
    int count = 0;
    for (Endpoint endpoint : endpoints) {
      if (!endpoint.deleted() && endpoint.subscribedNameFor(type) != null) {
        count++;
      }
    }
    return count;
  }

  /// Why an automatic attempt for this endpoint may not start now; null if it may. Reasons are
  /// tried in the order of [SkipReason].
  public @Nullable SkipReason blockReason(Endpoint endpoint, EventType type) {
    SkipReason reason = blockReason(endpoint);
    return reason == null && endpoint.subscribedNameFor(type) == null
        ? SkipReason.UNSUBSCRIBED
        : reason;
  }

  /// Why nothing at all may be sent to this endpoint by itself now; null if something may.
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
