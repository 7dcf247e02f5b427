package com.poolbrain.webhooks.cli.terminal;

/// Ends a command with one sentence that says what to do.
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int exitCode;

  private CommandException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /// What was asked for could not be done.
  public static CommandException of(String message) {
    return new CommandException(message, 1);
  }

  /// The call itself was wrong.
  public static CommandException usageError(String message) {
    return new CommandException(message, 2);
  }

  /// What the process ends with.
  public int exitCode() {
    return exitCode;
  }
}
