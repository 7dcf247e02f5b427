package com.poolbrain.webhooks.store.secret;

import com.poolbrain.webhooks.domain.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/// A key of 32 bytes that encrypts signing secrets. Its id is stored beside each ciphertext.
///
/// @param id the first eight hexadecimal digits of the key's SHA-256
public record MasterKey(String id, SecretKey key) {

  private static final int KEY_BYTES = 32;

  /// Parses a key from the base64 of its 32 bytes.
  ///
  /// @throws IllegalArgumentException with a message for the operator, without the value
  public static MasterKey parse(String base64) {
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(base64.strip());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "a master key is base64 of 32 bytes; this value is not base64", e);
    }
    if (bytes.length != KEY_BYTES) {
      throw new IllegalArgumentException(
          "a master key is base64 of 32 bytes; this value has " + bytes.length + " bytes");
    }
    return new MasterKey(computeId(bytes), new SecretKeySpec(bytes, "AES"));
  }

  /// A key for another purpose. It says nothing about this one.
  public SecretKey derive(String purpose) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return new SecretKeySpec(mac.doFinal(purpose.getBytes(StandardCharsets.UTF_8)), "HmacSHA256");
    } catch (GeneralSecurityException broken) {
      throw new IllegalStateException("the JDK has no HMAC-SHA256", broken);
    }
  }

  private static String computeId(byte[] key) {
    return HexFormat.of().formatHex(Sha256.hash(key), 0, 4);
  }

  @Override
  public String toString() {
    return "MasterKey[" + id + "]";
  }
}
