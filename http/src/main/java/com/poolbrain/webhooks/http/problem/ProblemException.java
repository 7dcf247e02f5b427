package com.poolbrain.webhooks.http.problem;

/// Carries a [Problem] from nested code to the edge of the listener, which answers with it.
public final class ProblemException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  public ProblemException(Problem problem) {
    super(problem.detail(), null, false, false);
    this.problem = problem;
  }

  /// The problem to answer with.
  public Problem problem() {
    return problem;
  }
}
