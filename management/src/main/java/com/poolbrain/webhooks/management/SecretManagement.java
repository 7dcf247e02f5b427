package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.domain.SigningSecrets;
import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.management.Result.Done;
import com.poolbrain.webhooks.management.Result.Refused;
import com.poolbrain.webhooks.store.config.Endpoints;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Secrets of endpoints.
public final class SecretManagement {

  private final Endpoints endpoints;
  private final InstantSource clock;
  private final AuditedChanges changes;

  public SecretManagement(Endpoints endpoints, InstantSource clock, AuditedChanges changes) {
    this.endpoints = endpoints;
    this.clock = clock;
    this.changes = changes;
  }

  /// The secrets of an endpoint that are valid now.
  public record RevealedSecrets(
      String active,
      @Nullable String next,
      @Nullable String previous,
      @Nullable Instant previousExpiresAt) {

    @Override
    public String toString() {
      return "RevealedSecrets[hidden]";
    }
  }

  /// Reveals the secrets of an endpoint. Refused if they can't be read.
  public Result<RevealedSecrets> reveal(Principal principal, long companyId, UUID endpointId) {
    SigningSecrets secrets =
        changes.change(
            principal,
            Operation.REVEAL_SECRET,
            companyId,
            actor -> {
              SigningSecrets found = endpoints.revealSecrets(companyId, endpointId, actor);
              if (found == null) {
                throw NotFound.endpoint(companyId, endpointId);
              }
              return found;
            });
    if (!secrets.isReadable()) {
      return new Refused<>(RefusalText.UNREADABLE_SECRET);
    }
    String previous = secrets.previousAt(clock.instant());
    return new Done<>(
        new RevealedSecrets(
            secrets.active(),
            secrets.next(),
            previous,
            previous == null ? null : secrets.previousExpiresAt()));
  }
}
