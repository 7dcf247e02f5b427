package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.cli.terminal.CommandRunner;
import com.poolbrain.webhooks.cli.terminal.Terminal;

/// The program behind `./webhooks bench`.
public final class Main {

  private Main() {}

  /// Runs one command and ends the process with its exit code: 0 done, 1 failed, 2 called wrongly.
  public static void main(String[] args) {
    System.exit(run(Terminal.ofSystem(), args));
  }

  /// Runs one command.
  ///
  /// @return the exit code
  static int run(Terminal terminal, String... args) {
    return CommandRunner.run(BenchCommand.create(terminal), args);
  }
}
