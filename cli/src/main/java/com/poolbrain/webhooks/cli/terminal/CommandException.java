package com.poolbrain.webhooks.cli.terminal;

/// Failure of a command. The message says what is wrong and what to do.
public final class CommandException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int exitCode;

  private CommandException(String message, int exitCode) {
    super(message);
    this.exitCode = exitCode;
  }

  /// The command failed: exit code 1.
  public static CommandException of(String message) {
    return new CommandException(message, 1);
  }

  /// The arguments are invalid: exit code 2.
  public static CommandException usageError(String message) {
    return new CommandException(message, 2);
  }

  /// The exit code of the process.
  public int exitCode() {
    return exitCode;
  }
}
