package com.poolbrain.webhooks.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.stream.Stream;

/// Tries the common mistakes that lead to a signature that does not match.
final class MismatchDiagnosis {

  private final Secret secret;
  private final byte[] body;

  MismatchDiagnosis(Secret secret, byte[] body) {
    this.secret = secret;
    this.body = body;
  }

  VerificationResult diagnose(byte[] received) {
    Hmac hmac = new Hmac(secret.key());
    if (lineEndingVariants()
        .anyMatch(variant -> MessageDigest.isEqual(hmac.digest(variant), received))) {
      return VerificationResult.LINE_ENDING;
    }
    byte[] decodedKey = secret.standardWebhooksKey();
    if (decodedKey.length > 0
        && MessageDigest.isEqual(new Hmac(decodedKey).digest(body), received)) {
      return VerificationResult.KEY_BASE64_DECODED;
    }
    String text = secret.reveal();
    if (text.startsWith(Secret.PREFIX) && text.length() > Secret.PREFIX.length()) {
      byte[] stripped = text.substring(Secret.PREFIX.length()).getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(new Hmac(stripped).digest(body), received)) {
        return VerificationResult.KEY_WITHOUT_PREFIX;
      }
    }
    return VerificationResult.MISMATCH;
  }

  private Stream<byte[]> lineEndingVariants() {
    int end = body.length;
    while (end > 0 && (body[end - 1] == '\n' || body[end - 1] == '\r')) {
      end--;
    }
    byte[] stripped = Arrays.copyOf(body, end);
    byte[] unix = Arrays.copyOf(body, end + 1);
    unix[end] = '\n';
    byte[] windows = Arrays.copyOf(body, end + 2);
    windows[end] = '\r';
    windows[end + 1] = '\n';
    return Stream.of(stripped, unix, windows);
  }
}
