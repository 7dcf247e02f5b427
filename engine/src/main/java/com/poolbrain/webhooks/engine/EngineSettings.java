package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.RetrySchedule;
import java.time.Duration;

/// Settings of one node.
///
/// @param lease how long the node keeps its deliveries without a renewal, at least 1 s
/// @param attemptTimeout limit of the whole exchange, if the endpoint has no timeout of its own
/// @param maxInFlight attempts at a time, at least 1
/// @param endpointConcurrency attempts at a time to one endpoint over all nodes, at least 1, if the
///   endpoint has no limit of its own
public record EngineSettings(
    Duration lease,
    RetrySchedule schedule,
    Duration attemptTimeout,
    int maxInFlight,
    int endpointConcurrency) {

  public EngineSettings {
    if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("lease must be at least 1s: " + lease);
    }
    if (maxInFlight < 1 || endpointConcurrency < 1) {
      throw new IllegalArgumentException(
          "maxInFlight and endpointConcurrency must be at least 1: %d, %d"
              .formatted(maxInFlight, endpointConcurrency));
    }
  }
}
