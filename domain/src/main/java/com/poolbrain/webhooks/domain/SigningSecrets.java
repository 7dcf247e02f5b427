package com.poolbrain.webhooks.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The signing secrets of one endpoint. At most one of `next` and `previous` is there: a roll first
/// shows `next`, activation turns the old one into `previous` for an overlap.
///
/// @param active signs every request
/// @param next shown to the customer and not activated yet
/// @param previous still announced beside the active one until `previousExpiresAt`
public record SigningSecrets(
    String active,
    @Nullable String next,
    @Nullable String previous,
    @Nullable Instant previousExpiresAt) {

  /// In the place of secrets that are stored and can't be read: nothing can be signed.
  public static final SigningSecrets UNREADABLE = new SigningSecrets("", null, null, null);

  /// Just one secret.
  public static SigningSecrets of(String active) {
    return new SigningSecrets(active, null, null, null);
  }

  /// Whether something can be signed with them.
  public boolean isReadable() {
    return !active.isEmpty();
  }

  /// The previous secret, while its overlap lasts.
  public @Nullable String previousAt(Instant now) {
    return previousExpiresAt != null && now.isBefore(previousExpiresAt) ? previous : null;
  }

  @Override
  public String toString() {
    return "Secrets[hidden]";
  }
}
