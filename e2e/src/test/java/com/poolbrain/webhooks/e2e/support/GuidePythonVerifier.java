package com.poolbrain.webhooks.e2e.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/// Verifier of the consumer guide, run by Python.
public final class GuidePythonVerifier {

  private static final Path GUIDE = Path.of("src", "test", "resources", "guide");

  /// Reads the body from its input; header and secret are arguments.
  private static final String SCRIPT =
      """
      import sys
      from verify_signature import verify_signature
      print(verify_signature(sys.stdin.buffer.read(), sys.argv[1], sys.argv[2]))
      """;

  private GuidePythonVerifier() {}

  /// Whether it accepts the signature of a webhook.
  public static boolean verifies(ReceivedRequest webhook, String secret)
      throws IOException, InterruptedException {
    return verifies(webhook.body(), webhook.header("X-Webhook-Signature"), secret);
  }

  /// Whether it accepts the signature of a body.
  public static boolean verifies(byte[] body, String signature, String secret)
      throws IOException, InterruptedException {
    Process python = start(signature, secret);
    try (OutputStream in = python.getOutputStream()) {
      in.write(body);
    }
    String output = new String(python.getInputStream().readAllBytes(), UTF_8).strip();
    int exitCode = python.waitFor();
    return switch (output) {
      case "True" -> true;
      case "False" -> false;
      default -> throw new AssertionError("Python ended with " + exitCode + ": " + output);
    };
  }

  private static Process start(String signature, String secret) {
    ProcessBuilder builder =
        new ProcessBuilder("python3", "-B", "-c", SCRIPT, signature, secret)
            .directory(GUIDE.toFile())
            .redirectErrorStream(true);
    try {
      return builder.start();
    } catch (IOException missing) {
      throw new AssertionError(
          "The verifier of the consumer guide needs Python: install python3 on the PATH.", missing);
    }
  }
}
