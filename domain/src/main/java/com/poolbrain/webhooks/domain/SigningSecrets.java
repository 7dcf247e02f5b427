package com.poolbrain.webhooks.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The signing secrets of one endpoint. A roll first adds `next`. Its activation makes it the
/// active secret and turns the old one into `previous` for a limited time. At most one of the two
/// is set.
///
/// @param active secret that signs every request
/// @param next secret that is not yet active; signs in addition
/// @param previous secret that signs in addition until `previousExpiresAt`
public record SigningSecrets(
    String active,
    @Nullable String next,
    @Nullable String previous,
    @Nullable Instant previousExpiresAt) {

  /// Stands for stored secrets that can't be decrypted.
  public static final SigningSecrets UNREADABLE = new SigningSecrets("", null, null, null);

  /// An active secret only.
  public static SigningSecrets of(String active) {
    return new SigningSecrets(active, null, null, null);
  }

  /// Whether requests can be signed; false for [#UNREADABLE].
  public boolean isReadable() {
    return !active.isEmpty();
  }

  /// The previous secret, if it has not expired.
  public @Nullable String previousAt(Instant now) {
    return previousExpiresAt != null && now.isBefore(previousExpiresAt) ? previous : null;
  }

  @Override
  public String toString() {
    return "SigningSecrets[hidden]";
  }
}
