package com.poolbrain.webhooks.management;

import com.poolbrain.webhooks.domain.audit.Actor;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The caller of a use case: an API key, without the key itself, or a user whom it sent to the
/// page.
///
/// @param keyId id of the key
/// @param name of the key
/// @param companyId the only company that the key may access; null for all
/// @param user the user of a session of the page; null for the key itself and for operators
/// @param fromAddress the IP address of the request; null while it is not known
public record Principal(
    String keyId,
    String name,
    Set<Scope> scopes,
    @Nullable Long companyId,
    @Nullable String user,
    @Nullable String fromAddress) {

  public Principal {
    scopes = Set.copyOf(scopes);
  }

  /// A key that was found, without the request that bears it.
  public Principal(String keyId, String name, Set<Scope> scopes, @Nullable Long companyId) {
    this(keyId, name, scopes, companyId, null, null);
  }

  /// The same caller, whose request came from this address.
  public Principal withFromAddress(String address) {
    return new Principal(keyId, name, scopes, companyId, user, address);
  }

  /// The caller in the audit.
  public Actor actor() {
    String key = "key:" + keyId;
    return new Actor(user == null ? key : "user:" + user + " via " + key, fromAddress);
  }

  boolean hasScope(Scope required) {
    return scopes.stream().anyMatch(scope -> scope.includes(required));
  }

  /// Whether the caller can access a company.
  public boolean canAccessCompany(long company) {
    return companyId == null || companyId == company;
  }
}
