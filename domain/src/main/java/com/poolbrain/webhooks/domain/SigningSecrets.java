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

  /// The secrets after a roll: the next one is added.
  public SigningSecrets rolledTo(String newSecret) {
    return new SigningSecrets(active, newSecret, null, null);
  }

  /// The secrets without the next one.
  public SigningSecrets withoutNext() {
    return SigningSecrets.of(active);
  }

  /// The secrets after the next one became active.
  ///
  /// @param overlapEndsAt until when the present one signs in addition; null for not at all
  public SigningSecrets activated(@Nullable Instant overlapEndsAt) {
    if (next == null) {
      throw new IllegalStateException("there is no next secret");
    }
    return overlapEndsAt == null
        ? SigningSecrets.of(next)
        : new SigningSecrets(/* active= */ next, null, /* previous= */ active, overlapEndsAt);
  }

  /// The secrets without the previous one.
  public SigningSecrets withoutPrevious() {
    return new SigningSecrets(active, next, null, null);
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
