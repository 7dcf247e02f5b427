package com.poolbrain.webhooks.web.access;

import com.poolbrain.webhooks.domain.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;

/// The token in each form that proves that a page of this session sent it. It follows from the
/// cookie, which other sites can't read, and does not tell it.
public final class CsrfToken {

  /// The field of forms.
  public static final String FIELD = "csrf";

  private CsrfToken() {}

  /// The token of a session.
  public static String of(String cookie) {
    byte[] hash = Sha256.hash(("csrf " + cookie).getBytes(StandardCharsets.UTF_8));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }

  /// Whether a form bears the right token.
  public static boolean matches(String expected, String sent) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), sent.getBytes(StandardCharsets.UTF_8));
  }
}
