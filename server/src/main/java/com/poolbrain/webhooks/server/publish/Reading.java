package com.poolbrain.webhooks.server.publish;

import com.poolbrain.webhooks.engine.Submission;
import com.poolbrain.webhooks.server.http.Problem;

/// What a body turned out to be.
public sealed interface Reading {

  /// Something to be accepted.
  ///
  /// @param array whether it was an array: then pointers begin with the index of an object
  record Read(Submission submission, boolean array) implements Reading {

    /// The JSON pointer to a field of an object, or to the object itself.
    ///
    /// @param part index of the object; -1 for the request as a whole
    /// @param field with its slash; empty for the object
    String pointer(int part, String field) {
      return part < 0 ? "" : (array ? "/" + part : "") + field;
    }
  }

  /// Something that can't be accepted.
  record Refused(Problem problem) implements Reading {}
}
