package com.poolbrain.webhooks.api.manage;

import com.poolbrain.webhooks.management.secret.SecretManagement.RevealedSecrets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// The secrets of an endpoint as the API shows them.
record SecretsView(
    String secret,
    @Nullable String next,
    @Nullable String previous,
    @Nullable Instant previousExpiresAt) {

  static SecretsView of(RevealedSecrets secrets) {
    return new SecretsView(
        secrets.active(), secrets.next(), secrets.previous(), secrets.previousExpiresAt());
  }

  @Override
  public String toString() {
    return "SecretsView[hidden]";
  }
}
