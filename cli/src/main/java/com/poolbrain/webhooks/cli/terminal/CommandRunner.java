package com.poolbrain.webhooks.cli.terminal;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// Runner of commands. It prints errors as messages and returns the exit code: 0 for success, 1 for
/// failure, 2 for invalid arguments.
public final class CommandRunner {

  private CommandRunner() {}

  /// Runs a command with its arguments.
  ///
  /// @return the exit code
  public static int run(CommandLine commandLine, String... args) {
    return commandLine
        .setParameterExceptionHandler(CommandRunner::handleUsageError)
        .setExecutionExceptionHandler(CommandRunner::handleFailure)
        .execute(args);
  }

  /// Runs a command without picocli. Errors are handled as in [#run].
  ///
  /// @param terminalSupplier creates the terminal for an error message
  /// @return the exit code
  public static int runWithoutArguments(IntSupplier command, Supplier<Terminal> terminalSupplier) {
    try {
      return command.getAsInt();
    } catch (RuntimeException | Error e) {
      Terminal errorTerminal = terminalSupplier.get();
      return handleFailure(e, errorTerminal.err(), Help.defaultColorScheme(errorTerminal.ansi()));
    }
  }

  private static int handleUsageError(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("webhooks: " + e.getMessage());
    List<String> suggestions =
        e instanceof UnmatchedArgumentException unmatchedArgument
            ? unmatchedArgument.getSuggestions()
            : List.of();
    if (!suggestions.isEmpty()) {
      err.println("Did you mean: " + String.join(", ", suggestions) + "?");
    }
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    err.flush();
    return 2;
  }

  private static int handleFailure(Exception e, CommandLine command, ParseResult parsed) {
    return handleFailure(e, command.getErr(), command.getColorScheme());
  }

  private static int handleFailure(Throwable e, PrintWriter err, ColorScheme colorScheme) {
    if (e instanceof CommandException commandException) {
      err.println("webhooks: " + commandException.getMessage());
      err.flush();
      return commandException.exitCode();
    }
    err.println("webhooks: this is a bug. Please report it with these lines:");
    err.println(colorScheme.richStackTraceString(e));
    err.flush();
    return 1;
  }
}
