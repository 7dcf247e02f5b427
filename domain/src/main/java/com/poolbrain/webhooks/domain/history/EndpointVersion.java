package com.poolbrain.webhooks.domain.history;

import com.poolbrain.webhooks.domain.Endpoint;
import java.time.Instant;

/// An endpoint as it was from a time on.
///
/// @param endpoint without its secrets, which the history does not keep
/// @param validFrom when it became so
/// @param actor who made it so
public record EndpointVersion(Endpoint endpoint, Instant validFrom, String actor) {

  long version() {
    return endpoint.version();
  }

  boolean isCreation() {
    return validFrom.equals(endpoint.createdAt());
  }
}
