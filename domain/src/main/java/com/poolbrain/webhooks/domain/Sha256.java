package com.poolbrain.webhooks.domain;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 (FIPS 180-4).
public final class Sha256 {

  private Sha256() {}

  /// The 32 bytes of the hash.
  public static byte[] hash(byte[] bytes) {
    return newDigest().digest(bytes);
  }

  /// The hash as 64 hexadecimal digits in lower case.
  public static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(hash(bytes));
  }

  /// A digest for input that comes in parts.
  public static MessageDigest newDigest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the Java platform lacks SHA-256", e);
    }
  }
}
