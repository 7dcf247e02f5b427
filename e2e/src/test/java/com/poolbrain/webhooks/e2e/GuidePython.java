package com.poolbrain.webhooks.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.poolbrain.webhooks.e2e.house.Hook;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/// The function of the consumer guide, run by Python as a consumer does.
final class GuidePython {

  private static final Path GUIDE = Path.of("src", "test", "resources", "guide");

  /// Reads the body from its input; the header and the secret are its arguments.
  private static final String PROGRAM =
      """
      import sys
      from verify_signature import verify_signature
      print(verify_signature(sys.stdin.buffer.read(), sys.argv[1], sys.argv[2]))
      """;

  private GuidePython() {}

  /// What it says of a webhook.
  static boolean verifies(Hook hook, String secret) throws IOException, InterruptedException {
    return verifies(hook.request().body(), hook.header("X-Webhook-Signature"), secret);
  }

  /// What it says of a body.
  static boolean verifies(byte[] body, String signature, String secret)
      throws IOException, InterruptedException {
    Process python = start(signature, secret);
    try (OutputStream in = python.getOutputStream()) {
      in.write(body);
    }
    String said = new String(python.getInputStream().readAllBytes(), UTF_8).strip();
    int code = python.waitFor();
    return switch (said) {
      case "True" -> true;
      case "False" -> false;
      default -> throw new AssertionError("Python ended with " + code + ": " + said);
    };
  }

  private static Process start(String signature, String secret) {
    ProcessBuilder builder =
        new ProcessBuilder("python3", "-B", "-c", PROGRAM, signature, secret)
            .directory(GUIDE.toFile())
            .redirectErrorStream(true);
    try {
      return builder.start();
    } catch (IOException missing) {
      throw new AssertionError(
          "The function of the guide is Python: install python3 so that it is on the PATH.",
          missing);
    }
  }
}
