package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.IoMessages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Options for the raw body of a webhook: a file, standard input, or text on the command line.
final class BodyOption {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The file with the raw body. Default, or if it is -: standard input.")
  private @Nullable Path file;

  @Option(
      names = "--body",
      paramLabel = "TEXT",
      description = "The body as text, instead of a file.")
  private @Nullable String text;

  /// The unchanged bytes of the body.
  ///
  /// @param in standard input
  byte[] read(InputStream in) {
    if (text != null && file != null) {
      throw CommandException.usageError("give either a file or --body, not both.");
    }
    if (text != null) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    try {
      return file == null || file.toString().equals("-")
          ? in.readAllBytes()
          : Files.readAllBytes(file);
    } catch (IOException e) {
      throw CommandException.of(
          "cannot read the body from " + file + ": " + IoMessages.describe(e));
    }
  }
}
