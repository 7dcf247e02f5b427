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

  /// Runs a command that takes no arguments, and ends it as [#run] does.
  ///
  /// @param terminal where it says what went wrong, if anything does
  /// @return the exit code
  public static int plain(IntSupplier command, Supplier<Terminal> terminal) {
    try {
      return command.getAsInt();
    } catch (RuntimeException | Error e) {
      Terminal there = terminal.get();
      return failed(e, there.err(), Help.defaultColorScheme(there.ansi()));
    }
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
    return failed(e, command.getErr(), command.getColorScheme());
  }

  private static int failed(Throwable e, PrintWriter err, ColorScheme colours) {
    if (e instanceof Failure failure) {
      err.println("webhooks: " + failure.getMessage());
      err.flush();
      return failure.exitCode();
    }
    err.println("webhooks: this is a bug. Please report it with these lines:");
    err.println(colours.richStackTraceString(e));
    err.flush();
    return 1;
  }
}
