package com.poolbrain.webhooks.domain.statistics;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The certificate that a server showed in a TLS handshake.
///
/// @param expiresAt end of its validity
/// @param shownAt when the handshake ended. A connection is used for long after it, so the
///   certificate of the latest handshake counts, not that of the latest attempt
public record ShownCertificate(Instant expiresAt, Instant shownAt) {

  /// Whether this certificate was shown after another one. The handshakes of nodes whose
  /// connections are of different age are compared by their time.
  ///
  /// @param other null for none
  boolean isShownAfter(@Nullable ShownCertificate other) {
    return other == null || shownAt.isAfter(other.shownAt);
  }

  /// The one of two certificates that was shown later; null if both are.
  public static @Nullable ShownCertificate later(
      @Nullable ShownCertificate some, @Nullable ShownCertificate other) {
    return some != null && some.isShownAfter(other) ? some : other;
  }
}
