package com.poolbrain.webhooks.cli;

import com.poolbrain.webhooks.cli.terminal.Terminal;
import com.poolbrain.webhooks.signature.StandardWebhooksHeaders;
import com.poolbrain.webhooks.signature.VerificationResult;
import com.poolbrain.webhooks.signature.Verifier;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `./webhooks verify`: verifies a signature and explains a mismatch.
@Command(
    name = "verify",
    description = "Verifies the signature of a body and explains a mismatch.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:the signature matches", "1:it does not match", "2:invalid arguments"},
    footer = {
      "",
      "Examples:",
      "  webhooks verify --secret whsec_abc --signature 205ac9... body.json",
      "  webhooks verify --secret-file secret.txt --signature v1,K5oZ... \\",
      "      --standard-id 0192 --timestamp 1771047744 body.json",
    })
final class VerifyCommand implements Callable<Integer> {

  @Mixin private final SecretOption secret = new SecretOption();
  @Mixin private final BodyOption body = new BodyOption();
  private final Terminal terminal;

  @Option(
      names = "--signature",
      required = true,
      paramLabel = "VALUE",
      description = "The received value of X-Webhook-Signature.")
  private String signature = "";

  @Option(
      names = "--standard-id",
      paramLabel = "ID",
      description =
          "Verify by Standard Webhooks 1.0 instead: the value of webhook-id. --signature is then the"
              + " value of webhook-signature.")
  private @Nullable String standardId;

  @Option(
      names = "--timestamp",
      paramLabel = "SECONDS",
      description = "The value of webhook-timestamp, for --standard-id.")
  private @Nullable String timestamp;

  VerifyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Verifier verifier = new Verifier(secret.required());
    VerificationResult result =
        standardId == null && timestamp == null
            ? verifier.explain(signature, body.read(terminal.in()))
            : verifier.verifyStandardWebhooks(
                new StandardWebhooksHeaders(standardId, timestamp, signature),
                body.read(terminal.in()),
                Instant.now());
    terminal.println(result.message());
    return result.matches() ? 0 : 1;
  }
}
