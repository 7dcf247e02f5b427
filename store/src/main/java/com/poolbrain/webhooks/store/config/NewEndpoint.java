package com.poolbrain.webhooks.store.config;

import com.poolbrain.webhooks.domain.Endpoint;
import java.net.URI;
import java.util.List;

/// The data of an endpoint to create. It is not paused.
///
/// @param subscribedEvents event names in the spelling of the catalogue
/// @param secret the active signing secret
public record NewEndpoint(
    long companyId,
    URI url,
    List<String> subscribedEvents,
    String description,
    String secret,
    Endpoint.DeliveryOptions deliveryOptions,
    List<String> alertEmails) {

  public NewEndpoint {
    subscribedEvents = List.copyOf(subscribedEvents);
    alertEmails = List.copyOf(alertEmails);
  }

  @Override
  public String toString() {
    return "NewEndpoint[" + companyId + ", " + url.getRawAuthority() + "]";
  }
}
