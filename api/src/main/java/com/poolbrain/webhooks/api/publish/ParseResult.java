package com.poolbrain.webhooks.api.publish;

import com.poolbrain.webhooks.engine.intake.PublishRequest;
import com.poolbrain.webhooks.http.problem.Problem;

/// The result of parsing a publish request.
public sealed interface ParseResult {

  /// The request is valid.
  ///
  /// @param isArray whether the body was an array: then pointers begin with the index of an object
  record Parsed(PublishRequest publishRequest, boolean isArray) implements ParseResult {

    /// The JSON pointer to a field of an object, or to the object itself.
    ///
    /// @param eventIndex index of the object; -1 for the whole request
    /// @param field with its slash; empty for the object itself
    String pointer(int eventIndex, String field) {
      return eventIndex < 0 ? "" : (isArray ? "/" + eventIndex : "") + field;
    }
  }

  /// The request is invalid.
  record Invalid(Problem problem) implements ParseResult {}
}
