package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.problem.Problem;
import org.jspecify.annotations.Nullable;

/// Turns the exceptions of an application into problems.
@FunctionalInterface
public interface ExceptionMapper {

  /// The problem to answer with; null if the exception is a bug, which is answered with status 500.
  ///
  /// @param requestLine method and path, for the log
  /// @param isRead whether the request was a `GET` or `HEAD`, which changes nothing
  @Nullable Problem toProblem(Throwable thrown, String requestLine, boolean isRead);
}
