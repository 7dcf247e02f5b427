package com.poolbrain.webhooks.api.publish;

import com.poolbrain.webhooks.engine.intake.PublishRequest;
import com.poolbrain.webhooks.http.Problem;

/// What a body turned out to be.
public sealed interface ParseResult {

  /// Something to be accepted.
  ///
  /// @param isArray whether it was an array: then pointers begin with the index of an object
  record Parsed(PublishRequest publishRequest, boolean isArray) implements ParseResult {

    /// The JSON pointer to a field of an object, or to the object itself.
    ///
    /// @param eventIndex index of the object; -1 for the request as a whole
    /// @param field with its slash; empty for the object
    String pointer(int eventIndex, String field) {
      return eventIndex < 0 ? "" : (isArray ? "/" + eventIndex : "") + field;
    }
  }

  /// Something that can't be accepted.
  record Invalid(Problem problem) implements ParseResult {}
}
