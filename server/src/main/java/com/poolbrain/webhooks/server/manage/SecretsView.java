package com.poolbrain.webhooks.server.manage;

import com.poolbrain.webhooks.domain.Secrets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The secrets of an endpoint as the API reveals them.
record SecretsView(
    String secret,
    @Nullable String next,
    @Nullable String previous,
    @Nullable Instant previousExpiresAt) {

  /// What to do about secrets that can't be read.
  static final String UNREADABLE =
      "The stored secret of this endpoint can't be read: it was encrypted with a master key that is"
          + " not configured, or changed in the database; the service's log says which. Add the key"
          + " to WEBHOOKS_PREVIOUS_MASTER_KEYS and restart, or set a new secret with PATCH"
          + " {\"secret\": \"…\"} and give it to the consumer.";

  static SecretsView of(Secrets secrets, Instant now) {
    String previous = secrets.previousAt(now);
    return new SecretsView(
        secrets.active(),
        secrets.next(),
        previous,
        previous == null ? null : secrets.previousExpiresAt());
  }
}
