package com.poolbrain.webhooks.cli.terminal;

import java.io.InputStream;
import java.io.PrintWriter;
import picocli.CommandLine.Help.Ansi;

/// Where a command reads from and writes to.
///
/// @param ansi whether and how to colour
public record Terminal(InputStream in, PrintWriter out, PrintWriter err, Ansi ansi) {

  /// The one of this process; coloured if somebody looks at it.
  public static Terminal ofSystem() {
    return new Terminal(
        System.in,
        new PrintWriter(System.out, true, System.out.charset()),
        new PrintWriter(System.err, true, System.err.charset()),
        Ansi.AUTO);
  }

  /// Writes one line at once.
  public void println(String line) {
    out.println(line);
    out.flush();
  }
}
