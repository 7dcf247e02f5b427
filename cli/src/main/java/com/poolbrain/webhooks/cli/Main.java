package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.terminal.Call;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.PrintWriter;

/// The program behind `./webhooks`.
public final class Main {

  private Main() {}

  /// Runs one command and ends the process with its exit code: 0 done, 1 failed, 2 called wrongly.
  public static void main(String[] args) {
    boolean plainServe = args.length == 1 && args[0].equals("serve");
    System.exit(plainServe ? serve() : run(Terminal.ofProcess(), args));
  }

  /// The service without the reading of arguments, which would take a fifth of its start.
  private static int serve() {
    try {
      return new ServeCommand().call();
    } catch (RuntimeException | Error bug) {
      PrintWriter err = Terminal.ofProcess().err();
      Call.sayBug(err);
      bug.printStackTrace(err);
      return 1;
    }
  }

  /// Runs one command.
  ///
  /// @return the exit code
  static int run(Terminal terminal, String... args) {
    return Call.run(WebhooksCommand.in(terminal), args);
  }
}
