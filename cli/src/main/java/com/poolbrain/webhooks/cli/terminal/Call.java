package com.poolbrain.webhooks.cli.terminal;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// One call of a program: says in words what went wrong, and ends with 0 if it was done, 1 if it
/// failed, 2 if it was called wrongly.
public final class Call {

  private Call() {}

  /// Runs a program.
  ///
  /// @return the exit code
  public static int run(CommandLine program, String... args) {
    return program
        .setParameterExceptionHandler(Call::calledWrongly)
        .setExecutionExceptionHandler(Call::failed)
        .execute(args);
  }

  /// Says what the lines are that follow.
  public static void sayBug(PrintWriter err) {
    err.println("webhooks: this is a bug. Please report it with these lines:");
  }

  private static int calledWrongly(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("webhooks: " + e.getMessage());
    List<String> suggestions =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    if (!suggestions.isEmpty()) {
      err.println("Did you mean: " + String.join(", ", suggestions) + "?");
    }
    err.println("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
    err.flush();
    return 2;
  }

  private static int failed(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof Failure failure) {
      err.println("webhooks: " + failure.getMessage());
      err.flush();
      return failure.exitCode();
    }
    sayBug(err);
    err.println(command.getColorScheme().richStackTraceString(e));
    err.flush();
    return 1;
  }
}
