package com.poolbrain.webhooks.store.secret;

import com.poolbrain.webhooks.domain.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.zip.CRC32;

/// The format of API keys and of their stored hashes.
///
/// A generated key is `pbk_` and 48 characters of base64url: 32 random bytes and their CRC-32. The
/// check sum tells made-up keys apart without the database. A plain SHA-256 suffices as stored
/// hash, because a key has 256 random bits.
public final class ApiKeyFormat {

  private static final String PREFIX = "pbk_";
  private static final int RANDOM_BYTES = 32;
  private static final Pattern GENERATED = Pattern.compile(PREFIX + "[A-Za-z0-9_-]{48}");
  private static final int MIN_LENGTH = 16;
  private static final int MAX_LENGTH = 256;

  private ApiKeyFormat() {}

  /// Generates a key.
  public static String generate(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    byte[] withChecksum =
        ByteBuffer.allocate(RANDOM_BYTES + Integer.BYTES)
            .put(bytes)
            .putInt(checksum(bytes))
            .array();
    return PREFIX + Base64.getUrlEncoder().encodeToString(withChecksum);
  }

  /// Whether a text is a generated key, as far as its form and check sum say.
  static boolean hasValidChecksum(String key) {
    if (!GENERATED.matcher(key).matches()) {
      return false;
    }
    ByteBuffer decoded =
        ByteBuffer.wrap(Base64.getUrlDecoder().decode(key.substring(PREFIX.length())));
    byte[] bytes = new byte[RANDOM_BYTES];
    decoded.get(bytes);
    return decoded.getInt() == checksum(bytes);
  }

  private static int checksum(byte[] bytes) {
    CRC32 crc = new CRC32();
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /// Whether a text can be a key: 16 to 256 visible ASCII characters. It need not be a generated
  /// key, because operators may choose their first key.
  public static boolean isWellFormed(String key) {
    return key.length() >= MIN_LENGTH
        && key.length() <= MAX_LENGTH
        && key.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  /// The SHA-256 of a key.
  static byte[] hash(String key) {
    return Sha256.hash(key.getBytes(StandardCharsets.UTF_8));
  }
}
