package com.poolbrain.webhooks.store.session;

import com.poolbrain.webhooks.domain.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Pattern;

/// The secret text of a portal link or a session: 256 random bits in base64url. Only its SHA-256 is
/// stored.
public final class SessionToken {

  private static final int RANDOM_BYTES = 32;
  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{43}");

  private SessionToken() {}

  static String generate(SecureRandom random) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  /// Whether a text can be a token.
  public static boolean isWellFormed(String text) {
    return FORM.matcher(text).matches();
  }

  static byte[] hash(String token) {
    return Sha256.hash(token.getBytes(StandardCharsets.US_ASCII));
  }
}
