package com.poolbrain.webhooks.management.support;

import com.poolbrain.webhooks.domain.history.RoutingExplanation;
import com.poolbrain.webhooks.store.query.DeliveryTimeline;
import com.poolbrain.webhooks.store.query.StoredEvent;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An event with what became of it for each endpoint of its company.
public record EventTimeline(StoredEvent event, List<EndpointTimeline> endpoints) {

  public EventTimeline {
    endpoints = List.copyOf(endpoints);
  }

  /// What became of an event for one endpoint.
  ///
  /// @param url of the endpoint when the event was accepted, or when it was created
  /// @param delivery null if there is none
  public record EndpointTimeline(
      UUID endpointId,
      String url,
      RoutingExplanation explanation,
      @Nullable DeliveryTimeline delivery) {

    /// The URL may have tokens.
    @Override
    public String toString() {
      return "EndpointTimeline[" + endpointId + "]";
    }
  }
}
