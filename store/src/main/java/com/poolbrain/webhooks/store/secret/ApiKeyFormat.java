package com.poolbrain.webhooks.store.secret;

import com.poolbrain.webhooks.domain.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/// The format of API keys and of their stored hashes. A plain SHA-256 suffices, because a key has
/// 256 random bits.
final class ApiKeyFormat {

  private static final String PREFIX = "pbk_";
  private static final int RANDOM_BYTES = 32;
  private static final int MIN_LENGTH = 16;
  private static final int MAX_LENGTH = 256;

  private ApiKeyFormat() {}

  /// Generates a key.
  static String generate(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Whether a text can be a key: 16 to 256 visible ASCII characters. It need not be a generated
  /// key, because operators may choose their first key.
  static boolean isWellFormed(String key) {
    return key.length() >= MIN_LENGTH
        && key.length() <= MAX_LENGTH
        && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /// The SHA-256 of a key.
  static byte[] hash(String key) {
    return Sha256.hash(key.getBytes(StandardCharsets.UTF_8));
  }
}
