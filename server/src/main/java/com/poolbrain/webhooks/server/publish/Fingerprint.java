package com.poolbrain.webhooks.server.publish;

import com.poolbrain.webhooks.engine.Part;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/// SHA-256 of what an idempotency key was brought for. It does not depend on white space, on the
/// order of an object's own fields, or on the name under which a type was meant; it does depend on
/// every byte of `data` as it will be sent.
final class Fingerprint {

  static final String KEY_FORM = "must have 1 to 255 visible ASCII characters, without spaces.";

  private static final int LONGEST_KEY = 255;

  private Fingerprint() {}

  static boolean isKey(String key) {
    return !key.isEmpty()
        && key.length() <= LONGEST_KEY
        && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  static byte[] of(Part part) {
    MessageDigest digest = sha256();
    add(digest, part);
    return digest.digest();
  }

  static byte[] of(List<Part> parts) {
    MessageDigest digest = sha256();
    for (Part part : parts) {
      add(digest, part);
      add(digest, part.repeatable() == null ? "" : part.repeatable().key().key());
    }
    return digest.digest();
  }

  private static void add(MessageDigest digest, Part part) {
    add(digest, Long.toString(part.companyId()));
    add(digest, part.type().name());
    add(digest, part.occurredAt() == null ? "" : part.occurredAt().toString());
    add(digest, part.operation() == null ? "" : part.operation());
    for (Part.Item item : part.items()) {
      digest.update(item.data());
      digest.update((byte) '\n');
    }
    digest.update((byte) '\n');
  }

  /// None of these texts has a line feed in it.
  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) '\n');
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
