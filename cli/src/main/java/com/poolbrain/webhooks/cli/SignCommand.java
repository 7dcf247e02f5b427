package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./webhooks sign`: prints the signature of a body.
@Command(
    name = "sign",
    description = {
      "Prints the value of X-Webhook-Signature for a body: HMAC-SHA256 of its raw bytes, as 64"
          + " lower-case hex digits. The key is the whole secret string.",
    },
    footer = {
      "",
      "Examples:",
      "  webhooks sign --secret whsec_abc body.json",
      "  printf '%%s' '{\"id\":\"1\"}' | webhooks sign --secret-file secret.txt",
      "  webhooks sign --secret-file secret.txt --standard-id 0192 body.json",
    })
final class SignCommand implements Runnable {

  @Mixin private final SecretOption secret = new SecretOption();
  @Mixin private final BodyOption body = new BodyOption();
  private final Terminal terminal;

  @Option(
      names = "--standard-id",
      paramLabel = "ID",
      description = "Print the three headers of Standard Webhooks 1.0 for this webhook-id instead.")
  private @Nullable String standardId;

  @Option(
      names = "--timestamp",
      paramLabel = "SECONDS",
      description = "Value of webhook-timestamp, in Unix seconds (default: now).")
  private @Nullable Long timestamp;

  SignCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public void run() {
    Secret key = secret.required();
    Signer signer = new Signer(key);
    if (standardId == null) {
      if (timestamp != null) {
        throw CommandException.usageError("--timestamp needs --standard-id.");
      }
      terminal.println(signer.sign(body.read(terminal.in())));
      return;
    }
    if (!key.supportsStandardWebhooks()) {
      throw CommandException.usageError(
          "Standard Webhooks needs a secret of the form whsec_<base64 of 24 to 64 bytes>.");
    }
    long seconds = timestamp == null ? Instant.now().getEpochSecond() : timestamp;
    terminal.println("webhook-id: " + standardId);
    terminal.println("webhook-timestamp: " + seconds);
    terminal.println(
        "webhook-signature: "
            + signer.signStandardWebhooks(standardId, seconds, body.read(terminal.in())));
  }
}
