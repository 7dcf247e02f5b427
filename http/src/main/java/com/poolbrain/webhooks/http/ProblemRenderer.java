package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.problem.Problem;

/// Makes the responses to rejected requests. Runs on an event loop and must not block.
@FunctionalInterface
public interface ProblemRenderer {

  /// Answers with `application/problem+json`.
  ProblemRenderer JSON = (_, _, problem) -> Response.of(problem);

  /// The response to a request for this path.
  ///
  /// @param acceptsHtml whether the sender asked for HTML, as browsers do
  Response render(String path, boolean acceptsHtml, Problem problem);
}
