package com.poolbrain.webhooks.domain;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How one attempt ended, as the transport saw it.
public sealed interface Outcome {

  /// Whether the endpoint cost time or a connection instead of answering: what narrows its lane.
  default boolean costsTimeOrConnection() {
    return this instanceof Failed failed && failed.error().byTimeOrConnection();
  }

  /// A 2xx status line arrived in time.
  record Delivered(Answer answer) implements Outcome {}

  /// Anything else.
  ///
  /// @param error why
  /// @param answer what came back, if a status line did
  /// @param askedFor the wait that `Retry-After` on a 429 or 503 asks for, not negative
  record Failed(ErrorClass error, @Nullable Answer answer, @Nullable Duration askedFor)
      implements Outcome {

    /// A failure without an answer.
    public Failed(ErrorClass error) {
      this(error, null, null);
    }
  }
}
