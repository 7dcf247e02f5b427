package com.poolbrain.webhooks.bench.report;

import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.Console;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/// One line on a terminal that names the current step. Nothing is shown if the output is not a
/// terminal.
public final class Progress {

  private static final String CLEAR_LINE = "\r\u001b[K";

  /// Shows nothing.
  public static final Progress SILENT = new Progress(null);

  private final @Nullable PrintWriter output;

  private Progress(@Nullable PrintWriter output) {
    this.output = output;
  }

  /// Shows the line on the terminal of this process, if it has one.
  @SuppressWarnings("SystemConsoleNull") // null without a terminal since Java 25
  public static Progress forTerminal(Terminal terminal) {
    Console console = System.console();
    return console != null && console.isTerminal() ? new Progress(terminal.err()) : SILENT;
  }

  /// Replaces the line.
  public void show(String step) {
    print(CLEAR_LINE + step + " ...");
  }

  /// Removes the line.
  public void clear() {
    print(CLEAR_LINE);
  }

  private void print(String text) {
    if (output != null) {
      output.print(text);
      output.flush();
    }
  }
}
