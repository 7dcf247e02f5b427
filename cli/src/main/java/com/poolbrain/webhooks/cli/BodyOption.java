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

/// The raw bytes of a request's body: from a file, standard input or the command line.
final class BodyOption {

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "The file with the raw body; without it, or as -, standard input.")
  private @Nullable Path file;

  @Option(
      names = "--body",
      paramLabel = "TEXT",
      description = "The body itself, instead of a file.")
  private @Nullable String text;

  /// The bytes, as they are.
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
