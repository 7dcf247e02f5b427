package com.poolbrain.webhooks.engine;

import com.poolbrain.webhooks.domain.RetrySchedule;
import java.time.Duration;

/// How this node works.
///
/// @param lease how long it keeps its deliveries when it falls silent
/// @param attemptTimeout for the whole exchange, where the endpoint has none of its own
/// @param maxInFlight attempts at a time
/// @param endpointConcurrency attempts at a time to one endpoint over all nodes, where it has none
///   of its own
public record EngineSettings(
    Duration lease,
    RetrySchedule schedule,
    Duration attemptTimeout,
    int maxInFlight,
    int endpointConcurrency) {

  public EngineSettings {
    if (lease.compareTo(Duration.ofSeconds(1)) < 0) {
      throw new IllegalArgumentException("a lease lasts at least 1s: " + lease);
    }
    if (maxInFlight < 1 || endpointConcurrency < 1) {
      throw new IllegalArgumentException("concurrency is at least 1");
    }
  }
}
