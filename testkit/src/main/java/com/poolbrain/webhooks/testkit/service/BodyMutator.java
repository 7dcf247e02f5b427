package com.poolbrain.webhooks.testkit.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Mutates valid request bodies; the same seed gives the same mutations.
public final class BodyMutator {

  private static final List<String> FRAGMENTS =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "null",
          "true",
          "NaN",
          "-",
          "1e400",
          "1.10",
          "0",
          "\\u0000",
          "\\ud800",
          "\u00e4",
          "\ud83c\udfca",
          "\u0000",
          " ",
          "\"data\":",
          "\"event\":",
          "\"company_id\":",
          "\"timestamp\":\"30000-01-01T00:00:00Z\",",
          "[[[[[[[[",
          "{\"a\":",
          "99999999999999999999",
          "customer.created",
          "webhook.ping",
          "\"operation\":\"x\",",
          "\"idempotency_key\":\"k\",",
          "\ufeff");

  private BodyMutator() {}

  /// A copy of the body with one to four mutations.
  public static byte[] mutate(byte[] validBody, SplittableRandom random) {
    byte[] body = validBody;
    for (int i = random.nextInt(1, 5); i > 0; i--) {
      body = mutateOnce(body, random);
    }
    return body;
  }

  private static byte[] mutateOnce(byte[] body, SplittableRandom random) {
    int from = random.nextInt(body.length + 1);
    int to = Math.min(body.length, from + random.nextInt(12));
    return switch (random.nextInt(6)) {
      case 0 -> replaceRange(body, from, to, new byte[0]);
      case 1 ->
          replaceRange(
              body, from, from, FRAGMENTS.get(random.nextInt(FRAGMENTS.size())).getBytes(UTF_8));
      case 2 ->
          replaceRange(
              body, from, to, FRAGMENTS.get(random.nextInt(FRAGMENTS.size())).getBytes(UTF_8));
      case 3 -> replaceRange(body, from, from, Arrays.copyOfRange(body, from, to));
      case 4 ->
          replaceRange(
              body, from, Math.min(body.length, from + 1), new byte[] {(byte) random.nextInt(256)});
      default -> Arrays.copyOf(body, from);
    };
  }

  private static byte[] replaceRange(byte[] body, int from, int to, byte[] replacement) {
    var out = new ByteArrayOutputStream();
    out.write(body, 0, from);
    out.writeBytes(replacement);
    out.write(body, to, body.length - to);
    return out.toByteArray();
  }
}
