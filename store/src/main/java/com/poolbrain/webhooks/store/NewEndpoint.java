package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.domain.Endpoint;
import java.net.URI;
import java.util.List;

/// An endpoint that is to be created, not paused.
///
/// @param names the ticked event names, in the spelling of the catalogue
/// @param secret signs its requests
public record NewEndpoint(
    long companyId,
    URI url,
    List<String> names,
    String description,
    String secret,
    Endpoint.Tuning tuning) {

  public NewEndpoint {
    names = List.copyOf(names);
  }

  @Override
  public String toString() {
    return "NewEndpoint[" + companyId + ", " + url + "]";
  }
}
