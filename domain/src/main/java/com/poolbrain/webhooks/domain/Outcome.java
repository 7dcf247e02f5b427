package com.poolbrain.webhooks.domain;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How one attempt ended, as the transport saw it.
public sealed interface Outcome {

  /// How much it strained the endpoint's neighbours, see [ErrorClass#failurePenalty()].
  default int failurePenalty() {
    return this instanceof Failed failed ? failed.error().failurePenalty() : 0;
  }

  /// A 2xx status line arrived in time.
  record Delivered(EndpointResponse response) implements Outcome {}

  /// Anything else.
  ///
  /// @param error why
  /// @param response what came back, if a status line did
  /// @param retryAfter the wait that `Retry-After` on a 429 or 503 asks for, not negative
  record Failed(
      ErrorClass error, @Nullable EndpointResponse response, @Nullable Duration retryAfter)
      implements Outcome {

    /// A failure without an answer.
    public Failed(ErrorClass error) {
      this(error, null, null);
    }
  }
}
