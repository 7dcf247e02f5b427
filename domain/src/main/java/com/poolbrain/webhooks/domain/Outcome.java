package com.poolbrain.webhooks.domain;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How one attempt ended.
public sealed interface Outcome {

  /// How much it raises the failure penalty of the endpoint, see [ErrorClass#failurePenalty()].
  default int failurePenalty() {
    return this instanceof Failed failed ? failed.error().failurePenalty() : 0;
  }

  /// The response; null if no status line was received.
  @Nullable EndpointResponse response();

  /// Whether it says something about the endpoint, see [ErrorClass#isCausedByEndpoint()].
  default boolean isCausedByEndpoint() {
    return !(this instanceof Failed failed) || failed.error().isCausedByEndpoint();
  }

  /// A 2xx status line arrived in time.
  record Delivered(EndpointResponse response) implements Outcome {}

  /// The attempt failed.
  ///
  /// @param response null if no status line was received
  /// @param retryAfter delay that `Retry-After` of a 429 or 503 response requests; not negative
  record Failed(
      ErrorClass error, @Nullable EndpointResponse response, @Nullable Duration retryAfter)
      implements Outcome {

    /// A failure without a response.
    public Failed(ErrorClass error) {
      this(error, null, null);
    }
  }
}
