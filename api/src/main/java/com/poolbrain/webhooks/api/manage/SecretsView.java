package com.poolbrain.webhooks.api.manage;

import com.poolbrain.webhooks.domain.SigningSecrets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The secrets of an endpoint as the API reveals them.
record SecretsView(
    String secret,
    @Nullable String next,
    @Nullable String previous,
    @Nullable Instant previousExpiresAt) {

  /// What to do about secrets that can't be read.
  static final String UNREADABLE_MESSAGE =
      "The stored secret of this endpoint can't be read: it was encrypted with a master key that is"
          + " not configured, or changed in the database; the service's log says which. Add the key"
          + " to WEBHOOKS_PREVIOUS_MASTER_KEYS and restart, or set a new secret with PATCH"
          + " {\"secret\": \"…\"} and give it to the consumer.";

  static SecretsView of(SigningSecrets signingSecrets, Instant now) {
    String previous = signingSecrets.previousAt(now);
    return new SecretsView(
        signingSecrets.active(),
        signingSecrets.next(),
        previous,
        previous == null ? null : signingSecrets.previousExpiresAt());
  }
}
