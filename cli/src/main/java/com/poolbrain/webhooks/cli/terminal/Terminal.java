package com.poolbrain.webhooks.cli.terminal;

import java.io.InputStream;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/// Input and output of a command.
///
/// @param ansi whether colours are printed
public record Terminal(InputStream in, PrintWriter out, PrintWriter err, Ansi ansi) {

  /// The terminal of this process. Colours are printed only to a real terminal.
  public static Terminal ofSystem() {
    return new Terminal(
        System.in,
        new PrintWriter(System.out, true, System.out.charset()),
        new PrintWriter(System.err, true, System.err.charset()),
        Ansi.AUTO);
  }

  /// Prints a line and flushes.
  public void println(String line) {
    out.println(line);
    out.flush();
  }
}
