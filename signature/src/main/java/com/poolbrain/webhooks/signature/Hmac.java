package com.poolbrain.webhooks.signature;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// HMAC-SHA256 under one key, for any number of threads at once.
///
/// A [Mac] serves one thread at a time, and looking one up for every message costs more than the
/// hashing. One spare instance is handed to whoever comes first; who finds it taken clones the
/// prototype. Hashing a body takes about a microsecond without blocking, so that at most as many
/// are taken as there are cores, and one spare is nearly always enough. Nothing is kept per thread:
/// there may be millions of virtual ones.
final class Hmac {

  private static final String ALGORITHM = "HmacSHA256";

  private final Mac prototype;
  private final AtomicReference<@Nullable Mac> spare = new AtomicReference<>();

  Hmac(byte[] key) {
    try {
      prototype = Mac.getInstance(ALGORITHM);
      prototype.init(new SecretKeySpec(key, ALGORITHM));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException(
          "Every Java platform has HmacSHA256, and any key fits it.", e);
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

  /// If something is thrown between here and the hand-back, the half-used instance is just dropped.
  private Mac acquireMac() {
    Mac mac = spare.getAndSet(null);
    if (mac != null) {
      return mac;
    }
    try {
      return (Mac) prototype.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException("The security provider's HmacSHA256 can't be cloned.", e);
    }
  }
}
