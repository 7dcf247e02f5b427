package com.poolbrain.webhooks.management.session;

import com.poolbrain.webhooks.domain.session.Role;
import com.poolbrain.webhooks.management.ApiKeyManagement;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.Scope;
import com.poolbrain.webhooks.store.session.NewSession;
import com.poolbrain.webhooks.store.session.PortalLinks;
import com.poolbrain.webhooks.store.session.PortalLinks.OpenResult;
import com.poolbrain.webhooks.store.session.Session;
import com.poolbrain.webhooks.store.session.SessionToken;
import com.poolbrain.webhooks.store.session.Sessions;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Sessions: started by a portal link or an operator key, found by their tokens, ended.
public final class SessionManagement {

  private final PortalLinks portalLinks;
  private final Sessions sessions;
  private final ApiKeyManagement apiKeys;

  public SessionManagement(PortalLinks portalLinks, Sessions sessions, ApiKeyManagement apiKeys) {
    this.portalLinks = portalLinks;
    this.sessions = sessions;
    this.apiKeys = apiKeys;
  }

  /// The user of a session, as a caller of use cases.
  public record SignedIn(UUID sessionId, Role role, Principal principal) {}

  /// What became of an operator's try to sign in.
  public sealed interface SignInResult {
    /// A session was started.
    record Started(NewSession session) implements SignInResult {}

    /// The key is not known, has expired or was revoked.
    record UnknownKey() implements SignInResult {}

    /// The key may not use the support console.
    record NoOperator() implements SignInResult {}
  }

  /// Opens a portal link. Of several callers, one gets the session.
  public OpenResult open(long companyId, String token, @Nullable String fromAddress) {
    return SessionToken.isWellFormed(token)
        ? portalLinks.open(companyId, token, fromAddress)
        : new OpenResult.Invalid();
  }

  /// Starts the session of an operator.
  public SignInResult signIn(String apiKey, @Nullable String fromAddress) {
    Principal principal = apiKeys.mayExist(apiKey) ? apiKeys.authenticate(apiKey) : null;
    if (principal == null) {
      return new SignInResult.UnknownKey();
    }
    if (!Operation.USE_SUPPORT_CONSOLE.isAllowed(principal)) {
      return new SignInResult.NoOperator();
    }
    return new SignInResult.Started(
        sessions.startOperator(UUID.fromString(principal.keyId()), fromAddress));
  }

  /// The user whose session has this token; null if there is none, or it has ended.
  public @Nullable SignedIn authenticate(String token) {
    Session session = SessionToken.isWellFormed(token) ? sessions.find(token) : null;
    return session == null ? null : new SignedIn(session.id(), session.role(), principal(session));
  }

  /// Those of some sessions that have not ended. Asking is no use of a session.
  public Set<UUID> findOpen(Collection<UUID> sessionIds) {
    return sessions.findOpen(sessionIds);
  }

  /// Ends a session, which may have ended already.
  public void signOut(UUID sessionId) {
    sessions.end(sessionId);
  }

  private static Principal principal(Session session) {
    String user = session.user();
    return new Principal(
        session.keyId().toString(),
        user == null ? session.keyName() : user,
        scopes(session),
        session.companyId(),
        user,
        null);
  }

  private static Set<Scope> scopes(Session session) {
    return switch (session.role()) {
      case VIEWER -> Set.of(Scope.READ);
      case MANAGER -> Set.of(Scope.MANAGE);
      case OPERATOR ->
          session.keyScopes().stream()
              .map(name -> Objects.requireNonNull(Scope.fromWireName(name), name))
              .collect(Collectors.toUnmodifiableSet());
    };
  }
}
