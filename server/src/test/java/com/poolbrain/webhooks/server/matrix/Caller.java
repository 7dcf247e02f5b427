package com.poolbrain.webhooks.server.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The API key that a request bears.
///
/// @param name in reports
/// @param scope of the key; empty if the key is not valid
/// @param reach the companies that the key may access
record Caller(String name, String scope, Reach reach) {

  /// The companies of a key, as seen from the company that a call concerns.
  enum Reach {
    ALL,
    SAME_COMPANY,
    OTHER_COMPANY,
    NONE
  }

  private static final List<String> SCOPES = List.of("publish", "read", "manage", "operator");

  /// Every kind of caller. A key of one company can't have the scope `operator`.
  static List<Caller> all() {
    List<Caller> callers = new ArrayList<>();
    for (String invalid : List.of("no key", "malformed key", "revoked key")) {
      callers.add(new Caller(invalid, "", Reach.NONE));
    }
    for (String scope : SCOPES) {
      callers.add(new Caller(scope, scope, Reach.ALL));
    }
    for (String scope : SCOPES.subList(0, 3)) {
      callers.add(new Caller(scope + " of the company", scope, Reach.SAME_COMPANY));
      callers.add(new Caller(scope + " of another company", scope, Reach.OTHER_COMPANY));
    }
    return callers;
  }

  boolean isValid() {
    return reach != Reach.NONE;
  }

  boolean isOfOtherCompany() {
    return reach == Reach.OTHER_COMPANY;
  }

  /// Whether the key has one of these scopes, by the rule of the schema `Scope`.
  boolean hasAny(Set<String> scopes) {
    return scopes.stream()
        .anyMatch(needed ->
            needed.equals(scope)
                || scope.equals("operator")
                || (scope.equals("manage") && needed.equals("read")));
  }

  @Override
  public String toString() {
    return name;
  }
}
