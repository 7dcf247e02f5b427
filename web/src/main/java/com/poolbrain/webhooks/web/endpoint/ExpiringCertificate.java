package com.poolbrain.webhooks.web.endpoint;

import com.poolbrain.webhooks.web.page.Times;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The words about a certificate that expires within [#SOON], or has expired.
///
/// @param title what is wrong
/// @param advice what to do, and what happens otherwise
record ExpiringCertificate(String title, String advice) {

  private static final Duration SOON = Duration.ofDays(14);

  /// The words about a certificate.
  ///
  /// @param expiresAt null if none was shown
  /// @return null if there is nothing to do
  static @Nullable ExpiringCertificate of(@Nullable Instant expiresAt, Times times) {
    if (expiresAt == null) {
      return null;
    }
    Duration left = Duration.between(times.now(), expiresAt);
    if (left.compareTo(SOON) >= 0) {
      return null;
    }
    if (!left.isPositive()) {
      return new ExpiringCertificate(
          "The certificate expired on " + times.date(expiresAt),
          "Renew it: until then deliveries fail with tls_expired. They can be recovered.");
    }
    return new ExpiringCertificate(
        "The certificate expires in " + days(left),
        "Renew it before %s. Afterwards deliveries fail with tls_expired."
            .formatted(times.absolute(expiresAt)));
  }

  private static String days(Duration left) {
    return switch ((int) left.toDays()) {
      case 0 -> "less than a day";
      case 1 -> "1 day";
      default -> left.toDays() + " days";
    };
  }
}
