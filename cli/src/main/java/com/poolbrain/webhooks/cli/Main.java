package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.terminal.Failure;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/// The program behind `./webhooks`.
public final class Main {

  private Main() {}

  /// Runs one command and ends the process with its exit code: 0 done, 1 failed, 2 called wrongly.
  public static void main(String[] args) {
    System.exit(run(Terminal.ofProcess(), args));
  }

  /// Runs one command.
  ///
  /// @return the exit code
  static int run(Terminal terminal, String... args) {
    return WebhooksCommand.in(terminal)
        .setParameterExceptionHandler(Main::calledWrongly)
        .setExecutionExceptionHandler(Main::failed)
        .execute(args);
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
    err.println("webhooks: this is a bug. Please report it with these lines:");
    err.println(command.getColorScheme().richStackTraceString(e));
    err.flush();
    return 1;
  }
}
