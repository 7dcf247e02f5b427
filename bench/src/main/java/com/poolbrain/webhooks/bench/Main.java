package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.cli.terminal.CommandRunner;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.util.Locale;

/// The program behind `./webhooks bench`.
public final class Main {

  private Main() {}

  /// Runs one command and exits with its code: 0 success, 1 failure, 2 usage error.
  public static void main(String[] args) {
    System.exit(run(Terminal.ofSystem(), args));
  }

  /// Runs one command and returns its exit code. Numbers are formatted alike on every machine.
  static int run(Terminal terminal, String... args) {
    Locale.setDefault(Locale.ROOT);
    return CommandRunner.run(BenchCommand.create(terminal), args);
  }
}
