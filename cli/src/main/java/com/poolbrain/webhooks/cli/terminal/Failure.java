package com.poolbrain.webhooks.cli.terminal;

/// Ends a command with one sentence that says what to do.
public final class Failure extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int exitCode;

  private Failure(String sentence, int exitCode) {
    super(sentence);
    this.exitCode = exitCode;
  }

  /// What was asked for could not be done.
  public static Failure of(String sentence) {
    return new Failure(sentence, 1);
  }

  /// The call itself was wrong.
  public static Failure usage(String sentence) {
    return new Failure(sentence, 2);
  }

  /// What the process ends with.
  public int exitCode() {
    return exitCode;
  }
}
