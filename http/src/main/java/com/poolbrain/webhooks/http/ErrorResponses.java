package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemException;
import com.poolbrain.webhooks.http.problem.ProblemType;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the responses to requests whose handling threw an exception.
final class ErrorResponses {

  private static final Logger LOG = LoggerFactory.getLogger(ErrorResponses.class);

  private final ExceptionMapper exceptionMapper;

  ErrorResponses(ExceptionMapper exceptionMapper) {
    this.exceptionMapper = exceptionMapper;
  }

  Response toResponse(Throwable thrown, String method, String path) {
    if (thrown instanceof CompletionException wrapped && wrapped.getCause() != null) {
      return toResponse(wrapped.getCause(), method, path);
    }
    if (thrown instanceof ProblemException problemException) {
      return Response.of(problemException.problem());
    }
    String requestLine = method + " " + path;
    boolean isRead = method.equals("GET") || method.equals("HEAD");
    Problem problem = exceptionMapper.toProblem(thrown, requestLine, isRead);
    return Response.of(problem == null ? internalError(thrown, requestLine) : problem);
  }

  private static Problem internalError(Throwable thrown, String requestLine) {
    String faultId = UUID.randomUUID().toString();
    LOG.error("{} answered 500, reported as fault {}", requestLine, faultId, thrown);
    return Problem.of(
        ProblemType.INTERNAL,
        "The service failed; the request is not at fault. Quote fault %s to support."
            .formatted(faultId));
  }
}
