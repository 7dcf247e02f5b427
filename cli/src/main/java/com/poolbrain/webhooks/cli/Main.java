package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.terminal.CommandRunner;
import com.poolbrain.webhooks.cli.terminal.Terminal;

/// The program behind `./webhooks`.
public final class Main {

  private Main() {}

  /// Runs one command and ends the process with its exit code: 0 done, 1 failed, 2 called wrongly.
  public static void main(String[] args) {
    // The reading of arguments would take a fifth of the service's start.
    boolean isPlainServe = args.length == 1 && args[0].equals("serve");
    System.exit(
        isPlainServe
            ? CommandRunner.runWithoutArguments(new ServeCommand()::call, Terminal::ofSystem)
            : run(Terminal.ofSystem(), args));
  }

  /// Runs one command.
  ///
  /// @return the exit code
  static int run(Terminal terminal, String... args) {
    return CommandRunner.run(WebhooksCommand.create(terminal), args);
  }
}
