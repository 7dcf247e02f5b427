package com.poolbrain.webhooks.store.secret;

import com.poolbrain.webhooks.domain.WireNamed;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/// Encrypts signing secrets with AES-256-GCM under a master key. The endpoint and the role are
/// authenticated too: a ciphertext can't be decrypted for another endpoint or role.
public final class SecretBox {

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final MasterKey current;
  private final Map<String, MasterKey> keysById = new HashMap<>();
  private final SecureRandom random;

  /// The role of a secret of an endpoint.
  public enum Role implements WireNamed {
    ACTIVE,
    NEXT,
    PREVIOUS;

    static Role fromWireName(String wireName) {
      return WireNamed.find(Role.class, "role of a secret", wireName);
    }
  }

  /// An encrypted secret.
  ///
  /// @param keyId the id of the master key
  /// @param bytes nonce, ciphertext and authentication tag
  public record SealedSecret(String keyId, byte[] bytes) {}

  /// @param current encrypts and decrypts
  /// @param previous only decrypt
  public SecretBox(MasterKey current, List<MasterKey> previous, SecureRandom random) {
    this.current = current;
    this.random = random;
    previous.forEach(key -> keysById.put(key.id(), key));
    keysById.put(current.id(), current);
  }

  /// Encrypts a secret.
  public SealedSecret seal(String secret, UUID endpointId, Role role) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] plaintext = secret.getBytes(StandardCharsets.UTF_8);
    byte[] ciphertext =
        runCipher(Cipher.ENCRYPT_MODE, current, nonce, associatedData(endpointId, role), plaintext);
    byte[] bytes = Arrays.copyOf(nonce, nonce.length + ciphertext.length);
    System.arraycopy(ciphertext, 0, bytes, nonce.length, ciphertext.length);
    return new SealedSecret(current.id(), bytes);
  }

  /// Decrypts a secret.
  ///
  /// @throws IllegalStateException if its master key is not configured, if it was encrypted for
  ///   another endpoint or role, or if it was modified
  public String open(SealedSecret sealedSecret, UUID endpointId, Role role) {
    MasterKey key = keysById.get(sealedSecret.keyId());
    if (key == null) {
      throw new IllegalStateException(
          "the secret of endpoint %s was encrypted with master key %s, but only %s are configured: add the old key to WEBHOOKS_PREVIOUS_MASTER_KEYS"
              .formatted(
                  endpointId, sealedSecret.keyId(), keysById.keySet().stream().sorted().toList()));
    }
    byte[] bytes =
        Arrays.copyOf(sealedSecret.bytes(), Math.max(NONCE_BYTES, sealedSecret.bytes().length));
    byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
    byte[] ciphertext = Arrays.copyOfRange(bytes, NONCE_BYTES, bytes.length);
    return new String(
        runCipher(Cipher.DECRYPT_MODE, key, nonce, associatedData(endpointId, role), ciphertext),
        StandardCharsets.UTF_8);
  }

  /// Encrypts a secret anew with the present master key; null if it can't be decrypted.
  @Nullable SealedSecret reseal(SealedSecret sealedSecret, UUID endpointId, Role role) {
    String secret = openOrNull(sealedSecret, endpointId, role);
    return secret == null ? null : seal(secret, endpointId, role);
  }

  /// Whether a secret can be decrypted.
  boolean canOpen(SealedSecret sealedSecret, UUID endpointId, Role role) {
    return openOrNull(sealedSecret, endpointId, role) != null;
  }

  private @Nullable String openOrNull(SealedSecret sealedSecret, UUID endpointId, Role role) {
    try {
      return open(sealedSecret, endpointId, role);
    } catch (IllegalStateException _) {
      return null; // ConfigReader logs the reason
    }
  }

  /// The id of the present master key.
  String currentKeyId() {
    return current.id();
  }

  /// Whether the master key with this id is configured.
  public boolean hasKey(String keyId) {
    return keysById.containsKey(keyId);
  }

  private static byte[] associatedData(UUID endpointId, Role role) {
    return (endpointId + " " + role.wireName()).getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] runCipher(
      int mode, MasterKey key, byte[] nonce, byte[] associatedData, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(associatedData);
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "a stored secret can't be decrypted: it was modified, or it belongs to another endpoint or role",
          e);
    }
  }
}
