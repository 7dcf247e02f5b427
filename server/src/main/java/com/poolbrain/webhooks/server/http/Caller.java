package com.poolbrain.webhooks.server.http;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who asks: the API key that a request brought, without the key itself.
///
/// @param keyId id of the key, for idempotency scopes and the audit
/// @param name of the key
/// @param companyId the only company that it may reach; null for all
public record Caller(String keyId, String name, Set<Scope> scopes, @Nullable Long companyId) {

  /// Who asks without a key, on routes that need none.
  public static final Caller NOBODY = new Caller("", "nobody", Set.of(), null);

  public Caller {
    scopes = Set.copyOf(scopes);
  }

  /// Whether one of the scopes includes the one that is needed.
  public boolean may(Scope needed) {
    return scopes.stream().anyMatch(scope -> scope.includes(needed));
  }

  /// Whether the company is within this key's reach.
  public boolean reaches(long company) {
    return companyId == null || companyId == company;
  }
}
