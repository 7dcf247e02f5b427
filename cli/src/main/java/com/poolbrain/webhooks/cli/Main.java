package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.terminal.Call;
import com.poolbrain.webhooks.cli.terminal.Terminal;

/// The program behind `./webhooks`.
public final class Main {

  private Main() {}

  /// Runs one command and ends the process with its exit code: 0 done, 1 failed, 2 called wrongly.
  public static void main(String[] args) {
    // The reading of arguments would take a fifth of the service's start.
    boolean plainServe = args.length == 1 && args[0].equals("serve");
    System.exit(
        plainServe
            ? Call.plain(new ServeCommand()::call, Terminal::ofProcess)
            : run(Terminal.ofProcess(), args));
  }

  /// Runs one command.
  ///
  /// @return the exit code
  static int run(Terminal terminal, String... args) {
    return Call.run(WebhooksCommand.in(terminal), args);
  }
}
