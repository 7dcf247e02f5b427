package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.IoMessages;
import com.poolbrain.webhooks.signature.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// A signing secret, given on the command line or, where others could read that, in a file.
final class SecretOption {

  @Option(
      names = "--secret",
      paramLabel = "SECRET",
      description = "The endpoint's signing secret, whole: whsec_...")
  private @Nullable String text;

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description = "A file that holds the secret, so that it stays out of the shell's history.")
  private @Nullable Path file;

  /// The secret.
  Secret required() {
    Secret secret = optional();
    if (secret == null) {
      throw CommandException.usageError(
          "give the endpoint's signing secret with --secret or --secret-file.");
    }
    return secret;
  }

  /// The secret; null if none was given.
  @Nullable Secret optional() {
    if (text != null && file != null) {
      throw CommandException.usageError("give either --secret or --secret-file, not both.");
    }
    String secretText = file == null ? text : read(file);
    if (secretText == null) {
      return null;
    }
    try {
      return Secret.parse(secretText);
    } catch (IllegalArgumentException e) {
      throw CommandException.usageError(String.valueOf(e.getMessage()));
    }
  }

  /// The file's text without the line end that editors add.
  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw CommandException.of(
          "cannot read the secret from " + file + ": " + IoMessages.describe(e));
    }
  }
}
