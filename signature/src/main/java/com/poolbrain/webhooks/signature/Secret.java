package com.poolbrain.webhooks.signature;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;

/// What sender and receiver share to sign and verify the requests of one endpoint: 1 to 256
/// characters without white space. It never shows itself in a log; [#reveal()] is the one way out.
///
/// ```
/// Secret secret = Secret.make(new SecureRandom());
/// String header = new Signer(secret).sign(body);
/// Verification result = new Verifier(secret).verify(header, body);
/// ```
public final class Secret {

  /// What a secret that we make begins with. It is part of the key of `X-Webhook-Signature`, and
  /// not part of the key of the Standard Webhooks headers.
  public static final String PREFIX = "whsec_";

  /// The most characters (code points) that a secret may have.
  public static final int MAX_LENGTH = 256;

  private static final int GENERATED_BYTES = 32;
  private static final int MIN_STANDARD_WEBHOOKS_BYTES = 24;
  private static final int MAX_STANDARD_WEBHOOKS_BYTES = 64;

  private final String text;

  private Secret(String text) {
    this.text = text;
  }

  /// A new secret: `whsec_` and the base64 form of 32 random bytes. In production the generator has
  /// to be a [java.security.SecureRandom].
  public static Secret generate(RandomGenerator random) {
    byte[] bytes = new byte[GENERATED_BYTES];
    random.nextBytes(bytes);
    return new Secret(PREFIX + Base64.getEncoder().encodeToString(bytes));
  }

  /// The secret that a customer typed or a database kept.
  ///
  /// @throws IllegalArgumentException if it is blank, has white space anywhere, is longer than 256
  ///   characters, or can't be written as UTF-8; the message says which and never repeats the
  ///   secret
  public static Secret parse(String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("The secret is blank; give it 1 to 256 characters.");
    }
    if (text.codePoints().anyMatch(Secret::isWhiteSpace)) {
      throw new IllegalArgumentException(
          "The secret contains white space; copy it again without spaces and line ends.");
    }
    if (text.codePointCount(0, text.length()) > MAX_LENGTH) {
      throw new IllegalArgumentException("The secret is longer than 256 characters.");
    }
    if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= 0xDFFF)) {
      throw new IllegalArgumentException(
          "The secret contains half of a surrogate pair, which has no UTF-8 form.");
    }
    return new Secret(text);
  }

  private static boolean isWhiteSpace(int codePoint) {
    return Character.isWhitespace(codePoint) || Character.isSpaceChar(codePoint);
  }

  /// The secret itself, to be shown to its owner or stored encrypted.
  public String reveal() {
    return text;
  }

  /// Whether the Standard Webhooks headers can be signed with it: `whsec_` and the base64 form,
  /// with padding, of 24 to 64 bytes.
  ///
  /// @see <a href="https://www.standardwebhooks.com/">Standard Webhooks 1.0</a>
  public boolean supportsStandardWebhooks() {
    return standardWebhooksKey().length > 0;
  }

  /// The key of `X-Webhook-Signature`: the whole string, prefix included.
  byte[] key() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /// The key of the Standard Webhooks headers; empty if the secret has another form.
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
    // Other decoders are stricter about padding and spare bits than Java's, so only one form
    // counts.
    boolean canonical = Base64.getEncoder().encodeToString(key).equals(encoded);
    boolean isAllowedLength =
        key.length >= MIN_STANDARD_WEBHOOKS_BYTES && key.length <= MAX_STANDARD_WEBHOOKS_BYTES;
    return canonical && isAllowedLength ? key : new byte[0];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret secret && Arrays.equals(key(), secret.key());
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "Secret[hidden]";
  }
}
