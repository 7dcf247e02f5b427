package com.poolbrain.webhooks.store.secret;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What is known about an API key; the key itself is nowhere.
///
/// @param scopes words for what it may do, in alphabetical order
/// @param companyId the only company that it may see and touch; null for all
public record ApiKey(
    UUID id, String name, List<String> scopes, @Nullable Long companyId, Instant createdAt) {

  public ApiKey {
    scopes = scopes.stream().distinct().sorted().toList();
  }
}
