package com.poolbrain.webhooks.store.secret;

import com.poolbrain.webhooks.domain.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;

/// The form of API keys, and how they are kept: as hashes, which is enough for something that holds
/// 256 random bits.
final class ApiKeyFormat {

  private static final String PREFIX = "pbk_";
  private static final int RANDOM_BYTES = 32;
  private static final int MIN_LENGTH = 16;
  private static final int MAX_LENGTH = 256;

  private ApiKeyFormat() {}

  /// A new key.
  static String generate(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Whether this could be a key at all: 16 to 256 visible ASCII characters, since the first
  /// operator key may be of the operator's own making.
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
