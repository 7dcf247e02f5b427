package com.poolbrain.webhooks.signature;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The signing secret of one endpoint, shared by sender and receiver: 1 to 256 characters without
/// white space. [#toString()] does not show it; only [#reveal()] does.
///
/// ```
/// Secret secret = Secret.generate(new SecureRandom());
/// String header = new Signer(secret).sign(body);
/// VerificationResult result = new Verifier(secret).verify(header, body);
/// ```
public final class Secret {

  /// Prefix of generated secrets. It is part of the key of `X-Webhook-Signature`, but not of the
  /// key of Standard Webhooks.
  public static final String PREFIX = "whsec_";

  /// The most characters (code points) of a secret.
  public static final int MAX_LENGTH = 256;

  private static final int GENERATED_BYTES = 32;
  private static final int MIN_STANDARD_WEBHOOKS_BYTES = 24;
  private static final int MAX_STANDARD_WEBHOOKS_BYTES = 64;

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /// A new secret: `whsec_` and the base64 form of 32 random bytes.
  ///
  /// @param random source of the bytes; in production a [java.security.SecureRandom]
  public static Secret generate(RandomGenerator random) {
    byte[] bytes = new byte[GENERATED_BYTES];
    random.nextBytes(bytes);
    return new Secret(PREFIX + Base64.getEncoder().encodeToString(bytes));
  }

  /// An existing secret.
  ///
  /// @throws IllegalArgumentException if the text is blank, contains white space, is longer than
  ///   256 characters, or contains a lone surrogate; the message does not contain the secret
  public static Secret parse(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("The secret is blank; give it 1 to 256 characters.");
    }
    if (text.codePoints().anyMatch(Secret::isWhiteSpace)) {
      throw new IllegalArgumentException(
          "The secret contains white space; copy it again without spaces and line ends.");
    }
    if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
      throw new IllegalArgumentException("The secret is longer than 256 characters; shorten it.");
    }
    if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= 0xDFFF)) {
      throw new IllegalArgumentException(
          "The secret contains a lone surrogate, which has no UTF-8 form; copy it again.");
    }
    return new Secret(text);
  }

  private static boolean isWhiteSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  /// The text of the secret.
  public String reveal() {
    return text;
  }

  /// Whether the secret can sign Standard Webhooks headers: it is `whsec_` and the padded base64
  /// form of 24 to 64 bytes.
  ///
  /// @see <a href="https://www.standardwebhooks.com/">Standard Webhooks 1.0</a>
  public boolean supportsStandardWebhooks() {
    return standardWebhooksKey().length > 0;
  }

  /// The key of `X-Webhook-Signature`: the UTF-8 bytes of the whole text, prefix included.
  byte[] key() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// The key of Standard Webhooks; empty if the secret does not support them.
  byte[] standardWebhooksKey() {
    if (!text.startsWith(PREFIX)) {
      return new byte[0];
    }
    String encoded = text.substring(PREFIX.length());
    byte[] key;
    try {
      key = Base64.getDecoder().decode(encoded);
    } catch (IllegalArgumentException notBase64) {
      return new byte[0];
    }
    // Other decoders are stricter than Java's about padding and unused bits. Only the canonical
    // form
    // is supported.
    boolean canonical = Base64.getEncoder().encodeToString(key).equals(encoded);
    boolean isAllowedLength =
        key.length >= MIN_STANDARD_WEBHOOKS_BYTES && key.length <= MAX_STANDARD_WEBHOOKS_BYTES;
    return canonical && isAllowedLength ? key : new byte[0];
  }

  /// Whether the other secret has the same text.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret secret && MessageDigest.isEqual(key(), secret.key());
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /// A text that does not contain the secret.
  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
