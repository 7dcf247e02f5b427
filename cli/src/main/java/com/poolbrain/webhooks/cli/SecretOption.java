package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.IoMessages;
import com.poolbrain.webhooks.signature.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Options for a signing secret: on the command line, typed, in a file that other users cannot
/// read, or in the environment.
final class SecretOption {

  private static final String VARIABLE = "POOLBRAIN_WEBHOOK_SECRET";

  @Option(
      names = "--secret",
      paramLabel = "SECRET",
      arity = "0..1",
      interactive = true,
      description =
          "The signing secret of the endpoint, including whsec_; asked for if none follows. Default: "
              + VARIABLE
              + ".")
  private @Nullable String text;

  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description = "A file with the secret, which keeps it out of the shell history.")
  private @Nullable Path file;

  /// The secret; a usage error if none is given.
  Secret required() {
    Secret secret = optional();
    if (secret == null) {
      throw CommandException.usageError(
          "give the signing secret of the endpoint with --secret-file, or in " + VARIABLE + ".");
    }
    return secret;
  }

  /// The secret; null if none is given.
  @Nullable Secret optional() {
    if (text != null && file != null) {
      throw CommandException.usageError("give either --secret or --secret-file, not both.");
    }
    String given = file == null ? text : read(file);
    String secretText = given == null ? System.getenv(VARIABLE) : given;
    if (secretText == null) {
      return null;
    }
    try {
      return Secret.parse(secretText);
    } catch (IllegalArgumentException e) {
      throw CommandException.usageError(String.valueOf(e.getMessage()));
    }
  }

  /// The text of the file without the line end that editors add.
  private static String read(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw CommandException.of(
          "cannot read the secret from " + file + ": " + IoMessages.describe(e));
    }
  }
}
