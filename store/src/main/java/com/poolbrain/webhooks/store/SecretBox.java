package com.poolbrain.webhooks.store;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// Where secrets are locked up before they are stored: AES-256-GCM under a master key. What was
/// sealed for one endpoint and role can't be opened as another's.
public final class SecretBox {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final MasterKey current;
  private final Map<String, MasterKey> known = new HashMap<>();
  private final SecureRandom random;

  /// What a secret is to its endpoint.
  public enum Role {
    ACTIVE,
    NEXT,
    PREVIOUS;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// A secret that only the holder of the master key can read.
  ///
  /// @param keyId of the master key
  /// @param bytes nonce, ciphertext and tag
  public record Sealed(String keyId, byte[] bytes) {}

  /// @param current seals from now on
  /// @param previous still open what they sealed
  public SecretBox(MasterKey current, List<MasterKey> previous, SecureRandom random) {
    this.current = current;
    this.random = random;
    previous.forEach(key -> known.put(key.id(), key));
    known.put(current.id(), current);
  }

  /// Seals a secret.
  public Sealed seal(String secret, UUID endpointId, Role role) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] plain = secret.getBytes(StandardCharsets.UTF_8);
    byte[] box = crypt(Cipher.ENCRYPT_MODE, current, nonce, context(endpointId, role), plain);
    byte[] bytes = Arrays.copyOf(nonce, nonce.length + box.length);
    System.arraycopy(box, 0, bytes, nonce.length, box.length);
    return new Sealed(current.id(), bytes);
  }

  /// Opens what was sealed for the same endpoint and role.
  ///
  /// @throws IllegalStateException if its master key isn't among the known ones, or if it was
  ///   sealed for something else or changed since
  public String open(Sealed sealed, UUID endpointId, Role role) {
    MasterKey key = known.get(sealed.keyId());
    if (key == null) {
      throw new IllegalStateException(
          "the secret of endpoint %s was encrypted with master key %s, and the configured ones are %s: add the old key to WEBHOOKS_PREVIOUS_MASTER_KEYS"
              .formatted(endpointId, sealed.keyId(), known.keySet().stream().sorted().toList()));
    }
    byte[] bytes = Arrays.copyOf(sealed.bytes(), Math.max(NONCE_BYTES, sealed.bytes().length));
    byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
    byte[] box = Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length);
    return new String(
        crypt(Cipher.DECRYPT_MODE, key, nonce, context(endpointId, role), box),
        StandardCharsets.UTF_8);
  }

  /// Whether it can open what the master key with this id sealed.
  boolean knows(String keyId) {
    return known.containsKey(keyId);
  }

  private static byte[] context(UUID endpointId, Role role) {
    return (endpointId + " " + role.word()).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] crypt(int mode, MasterKey key, byte[] nonce, byte[] context, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(context);
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "a stored secret can't be opened: it was changed, or belongs elsewhere", e);
    }
  }
}
