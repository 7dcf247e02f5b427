package com.poolbrain.webhooks.http;

/// Carries a [Problem] from nested code to the edge of the API, where it becomes the answer.
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /// Answers the request with this problem.
  public ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /// What to answer.
  public Problem problem() {
    return problem;
  }
}
