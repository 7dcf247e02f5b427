package com.poolbrain.webhooks.management;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who asks: the API key that a request brought, without the key itself.
///
/// @param keyId id of the key, for idempotency scopes and the audit
/// @param name of the key
/// @param companyId the only company that it may reach; null for all
public record Principal(String keyId, String name, Set<Scope> scopes, @Nullable Long companyId) {

  /// Who asks without a key, on routes that need none.
  public static final Principal ANONYMOUS = new Principal("", "nobody", Set.of(), null);

  public Principal {
    scopes = Set.copyOf(scopes);
  }

  /// Whether one of the scopes includes the one that is needed.
  public boolean hasScope(Scope required) {
    return scopes.stream().anyMatch(scope -> scope.includes(required));
  }

  /// Whether the company is within this key's reach.
  public boolean canAccessCompany(long company) {
    return companyId == null || companyId == company;
  }
}
