package com.poolbrain.webhooks.signature;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// HMAC-SHA256 (RFC 2104) with one key. Thread-safe.
///
/// A [Mac] is not thread-safe, and `Mac.getInstance` costs more than hashing a body. One spare
/// instance is reused; a thread that finds it in use clones the prototype. Hashing takes about a
/// microsecond, so one spare is nearly always enough. A thread-local instance would be kept for
/// every virtual thread.
final class Hmac {

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac prototype;
  private final AtomicReference<@Nullable Mac> spare = new AtomicReference<>();

  Hmac(byte[] key) {
    try {
      prototype = Mac.getInstance(ALGORITHM);
      prototype.init(new SecretKeySpec(key, ALGORITHM));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("the Java platform lacks HmacSHA256", e);
    }
  }

  byte[] digest(byte[] message) {
    return digest(new byte[0], message);
  }

  byte[] digest(byte[] prefix, byte[] message) {
    Mac mac = acquireMac();
    mac.update(prefix);
    byte[] digest = mac.doFinal(message);
    spare.set(mac);
    return digest;
  }

  /// An instance whose use failed is not given back.
  private Mac acquireMac() {
    Mac mac = spare.getAndSet(null);
    if (mac != null) {
      return mac;
    }
    try {
      return (Mac) prototype.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("the HmacSHA256 of the security provider can't be cloned", e);
    }
  }
}
