package com.poolbrain.webhooks.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine.Help.Ansi;

/// Exit code and output of a command.
record ProcessResult(int exitCode, String out, String err) {

  static ProcessResult run(String... args) {
    return runWithInput("", args);
  }

  static ProcessResult runWithInput(String in, String... args) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Terminal terminal =
        new Terminal(
            new ByteArrayInputStream(in.getBytes(UTF_8)),
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            Ansi.OFF);
    int exitCode = Main.run(terminal, args);
    return new ProcessResult(exitCode, out.toString(), err.toString());
  }
}
