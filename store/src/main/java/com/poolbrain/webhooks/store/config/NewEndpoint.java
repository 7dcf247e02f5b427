package com.poolbrain.webhooks.store.config;

import com.poolbrain.webhooks.domain.Endpoint;
import java.net.URI;
import java.util.List;

/// An endpoint that is to be created, not paused.
///
/// @param subscribedEvents the ticked event names, in the spelling of the catalogue
/// @param secret signs its requests
public record NewEndpoint(
    long companyId,
    URI url,
    List<String> subscribedEvents,
    String description,
    String secret,
    Endpoint.DeliveryOptions deliveryOptions) {

  public NewEndpoint {
    subscribedEvents = List.copyOf(subscribedEvents);
  }

  @Override
  public String toString() {
    return "NewEndpoint[" + companyId + ", " + url + "]";
  }
}
