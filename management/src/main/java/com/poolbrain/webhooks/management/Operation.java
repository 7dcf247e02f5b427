package com.poolbrain.webhooks.management;

import static java.util.stream.Collectors.joining;

import com.poolbrain.webhooks.management.ManagementException.NotFound;
import com.poolbrain.webhooks.management.ManagementException.NotPermitted;
import java.util.List;

/// A use case and the permission that it needs. The one place where permissions are decided: every
/// use case checks its operation first, and the API checks the same one before it reads a body.
public enum Operation {
  PUBLISH_EVENTS(Scope.PUBLISH, Reach.ANY_KEY),
  READ_EVENT_TYPES(List.of(Scope.READ, Scope.PUBLISH), Reach.ANY_KEY),
  CHANGE_EVENT_TYPES(Scope.OPERATOR, Reach.ALL_COMPANIES),
  LIST_COMPANIES(Scope.READ, Reach.ANY_KEY),
  READ_COMPANY(Scope.READ, Reach.COMPANY),
  CHANGE_COMPANY(Scope.MANAGE, Reach.COMPANY),
  READ_ENDPOINTS(Scope.READ, Reach.COMPANY),
  CHANGE_ENDPOINTS(Scope.MANAGE, Reach.COMPANY),
  REVEAL_SECRET(Scope.MANAGE, Reach.COMPANY),
  CHANGE_SECRET(Scope.MANAGE, Reach.COMPANY),
  TEST_ENDPOINT(Scope.MANAGE, Reach.COMPANY),
  READ_DELIVERIES(Scope.READ, Reach.COMPANY),
  READ_STATISTICS(Scope.READ, Reach.COMPANY),
  CHANGE_DELIVERIES(Scope.MANAGE, Reach.COMPANY),
  CREATE_PORTAL_LINKS(Scope.MANAGE, Reach.COMPANY),
  USE_SUPPORT_CONSOLE(Scope.OPERATOR, Reach.ALL_COMPANIES),
  RECOVER_DELIVERIES(Scope.MANAGE, Reach.COMPANY),
  READ_COMPANY_JOBS(Scope.READ, Reach.COMPANY),
  READ_JOBS(Scope.READ, Reach.ANY_KEY),
  CANCEL_JOBS(Scope.MANAGE, Reach.ANY_KEY),
  READ_AUDIT(Scope.MANAGE, Reach.ANY_KEY),
  LOOK_UP_EVENTS(Scope.OPERATOR, Reach.ALL_COMPANIES),
  ERASE_CONTENT(Scope.OPERATOR, Reach.COMPANY),
  DELETE_COMPANY(Scope.OPERATOR, Reach.COMPANY),
  ROTATE_MASTER_KEY(Scope.OPERATOR, Reach.ALL_COMPANIES),
  MANAGE_KEYS(Scope.OPERATOR, Reach.ALL_COMPANIES);

  /// The companies that an operation concerns.
  private enum Reach {
    /// One company, which the caller must be able to access.
    COMPANY,
    /// All companies: a key that is bound to one is rejected.
    ALL_COMPANIES,
    /// The companies of the caller.
    ANY_KEY
  }

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<Scope> scopes;

  private final Reach reach;

  Operation(Scope scope, Reach reach) {
    this(List.of(scope), reach);
  }

  Operation(List<Scope> scopes, Reach reach) {
    this.scopes = scopes;
    this.reach = reach;
  }

  /// The scopes of which the caller needs one.
  public List<Scope> scopes() {
    return scopes;
  }

  /// Whether the operation concerns one company.
  public boolean isOfCompany() {
    return reach == Reach.COMPANY;
  }

  /// Checks the permission for an operation on one company.
  ///
  /// @throws NotPermitted if the caller lacks the scope
  /// @throws NotFound if the caller can't access the company, as if there were no such company
  public void require(Principal principal, long companyId) {
    requireScope(principal);
    if (!principal.canAccessCompany(companyId)) {
      throw NotFound.company(companyId);
    }
  }

  /// Checks the permission for an operation that does not concern one company.
  ///
  /// @throws NotPermitted if the caller lacks the scope, or is bound to a company
  public void require(Principal principal) {
    if (reach == Reach.COMPANY) {
      throw new IllegalStateException(this + " concerns one company");
    }
    requireScope(principal);
    if (reach == Reach.ALL_COMPANIES && principal.companyId() != null) {
      throw new NotPermitted(
          "This API key is bound to company %d; use a key that is not bound to a company."
              .formatted(principal.companyId()));
    }
  }

  /// Whether the caller may do this to all companies.
  public boolean isAllowed(Principal principal) {
    return hasScope(principal) && principal.companyId() == null;
  }

  /// Whether the caller may do this to a company.
  public boolean isAllowed(Principal principal, long companyId) {
    return hasScope(principal) && principal.canAccessCompany(companyId);
  }

  private boolean hasScope(Principal principal) {
    return scopes.stream().anyMatch(principal::hasScope);
  }

  private void requireScope(Principal principal) {
    if (!hasScope(principal)) {
      if (principal.user() != null) {
        throw new NotPermitted(
            "Your role is viewer, which reads only; ask a manager of your company to do this.");
      }
      String needed =
          scopes.stream().map(scope -> "'" + scope.wireName() + "'").collect(joining(" or "));
      String granted =
          principal.scopes().stream().map(Scope::wireName).sorted().collect(joining(", "));
      throw new NotPermitted(
          "This needs an API key with the scope %s; this key has: %s."
              .formatted(needed, granted.isEmpty() ? "none" : granted));
    }
  }
}
