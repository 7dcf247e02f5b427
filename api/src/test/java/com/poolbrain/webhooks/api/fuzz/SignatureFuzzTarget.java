package com.poolbrain.webhooks.api.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import com.poolbrain.webhooks.signature.StandardWebhooksHeaders;
import com.poolbrain.webhooks.signature.VerificationResult;
import com.poolbrain.webhooks.signature.Verifier;
import java.time.Instant;

/// Fuzz target: a signature header of any form gets a result, and none but the right one matches.
public final class SignatureFuzzTarget {

  private static final Secret SECRET = Secret.parse("whsec_" + "c".repeat(43) + "=");
  private static final Verifier VERIFIER = new Verifier(SECRET);
  private static final Signer SIGNER = new Signer(SECRET);
  private static final Instant NOW = Instant.parse("2026-02-13T06:42:24Z");

  private SignatureFuzzTarget() {}

  /// Called by Jazzer.
  ///
  /// @param input signature, id, timestamp and body, separated by line ends
  public static void fuzzerTestOneInput(byte[] input) {
    String[] parts = (new String(input, UTF_8) + "\n\n\n").split("\n", 4);
    String signature = parts[0];
    String id = parts[1];
    String timestamp = parts[2].isEmpty() ? Long.toString(NOW.getEpochSecond()) : parts[2];
    byte[] body = parts[3].getBytes(UTF_8);
    requireMismatch(VERIFIER.verify(signature, body), signature.equals(SIGNER.sign(body)));
    VerificationResult explained = VERIFIER.explain(signature, body);
    requireMismatch(explained, signature.equals(SIGNER.sign(body)));
    requireMismatch(
        VERIFIER.verifyStandardWebhooks(
            new StandardWebhooksHeaders(id, timestamp, signature), body, NOW),
        false);
    requireMatch(VERIFIER.verify(SIGNER.sign(body), body));
  }

  private static void requireMismatch(VerificationResult result, boolean isRight) {
    if (result.matches() != isRight) {
      throw new IllegalStateException("result: " + result);
    }
  }

  private static void requireMatch(VerificationResult result) {
    if (!result.matches()) {
      throw new IllegalStateException("result: " + result);
    }
  }
}
