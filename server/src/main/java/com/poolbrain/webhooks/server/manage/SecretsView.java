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

  static SecretsView of(Secrets secrets, Instant now) {
    String previous = secrets.previousAt(now);
    return new SecretsView(
        secrets.active(),
        secrets.next(),
        previous,
        previous == null ? null : secrets.previousExpiresAt());
  }
}
