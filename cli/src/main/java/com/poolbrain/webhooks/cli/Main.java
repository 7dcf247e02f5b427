package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.terminal.CommandRunner;
import com.poolbrain.webhooks.cli.terminal.Terminal;

/// Main class of `./webhooks`.
public final class Main {

  private Main() {}

  /// Runs a command and exits with its code: 0 success, 1 failure, 2 invalid arguments.
  public static void main(String[] args) {
    // Parsing arguments with picocli takes a fifth of the start time of the service.
    boolean isPlainServe = args.length == 1 && args[0].equals("serve");
    System.exit(
        isPlainServe
            ? CommandRunner.runWithoutArguments(new ServeCommand()::call, Terminal::ofSystem)
            : run(Terminal.ofSystem(), args));
  }

  /// Runs a command.
  ///
  /// @return the exit code
  static int run(Terminal terminal, String... args) {
    return CommandRunner.run(WebhooksCommand.create(terminal), args);
  }
}
