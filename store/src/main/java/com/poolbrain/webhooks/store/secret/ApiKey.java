package com.poolbrain.webhooks.store.secret;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An API key without its text, which is not stored.
///
/// @param scopes names of permissions, in alphabetical order
/// @param companyId the only company that the key may access; null for all
/// @param expiresAt when it stops being valid; null for never
/// @param lastUsedAt the minute of its latest use; null if it was never used
public record ApiKey(
    UUID id,
    String name,
    List<String> scopes,
    @Nullable Long companyId,
    Instant createdAt,
    @Nullable Instant expiresAt,
    @Nullable Instant lastUsedAt) {

  public ApiKey {
    scopes = scopes.stream().distinct().sorted().toList();
  }
}
