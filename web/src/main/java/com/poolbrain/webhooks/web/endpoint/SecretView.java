package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.management.secret.SecretManagement.RevealedSecrets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The signing secret of an endpoint, and the step of its roll.
///
/// @param path of the forms
/// @param isReadable whether the stored secret can be decrypted
/// @param hasNext whether a new secret waits for its activation
/// @param previousExpiresAt until when the previous secret signs too; null if it does not
/// @param revealed the secrets themselves; null while they are masked
record SecretView(
    String path,
    boolean isReadable,
    boolean hasNext,
    @Nullable Instant previousExpiresAt,
    @Nullable RevealedSecrets revealed) {

  /// What stands in the place of a secret.
  static final String MASK = "whsec_••••••••••";

  static SecretView of(
      String path, SigningSecrets secrets, Instant now, @Nullable RevealedSecrets revealed) {
    boolean overlaps = secrets.previousAt(now) != null;
    return new SecretView(
        path,
        secrets.isReadable(),
        secrets.next() != null,
        overlaps ? secrets.previousExpiresAt() : null,
        revealed);
  }

  /// The active secret, or its mask.
  String active() {
    return revealed == null ? MASK : revealed.active();
  }

  /// The new secret, or its mask.
  String next() {
    String next = revealed == null ? null : revealed.next();
    return next == null ? MASK : next;
  }

  String mask() {
    return MASK;
  }

  @Override
  public String toString() {
    return "SecretView[hidden]";
  }
}
