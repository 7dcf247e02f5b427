package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemType;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Knows a few keys. An [Access] names those that may use a route.
record KeyListAuthorizer(Set<String> keys) implements Authorizer {

  static final Access ANY_KEY = new AllowedKeys(Set.of());

  /// @param names empty for all keys
  record AllowedKeys(Set<String> names) implements Access {}

  record Key(String name) implements Identity {
    @Override
    public String sender() {
      return name;
    }
  }

  static KeyListAuthorizer of(String... keys) {
    return new KeyListAuthorizer(Set.of(keys));
  }

  @Override
  public Authentication authenticate(Access access, Credentials credentials) {
    String authorization = credentials.authorization();
    return authorization == null || !authorization.startsWith("Bearer ")
        ? unauthorized()
        : new Authentication.Pending(() -> lookUp(authorization.substring("Bearer ".length())));
  }

  private Authentication.Decided lookUp(String key) {
    return keys.contains(key) ? new Authentication.Known(new Key(key)) : unauthorized();
  }

  private static Authentication.Rejected unauthorized() {
    return new Authentication.Rejected(
        new Problem(
            ProblemType.UNAUTHORIZED,
            "Send a key.",
            List.of(),
            Map.of("WWW-Authenticate", "Bearer")));
  }

  @Override
  public @Nullable Problem check(
      Identity identity, Access access, Map<String, String> pathVariables) {
    Set<String> names = ((AllowedKeys) access).names();
    return names.isEmpty() || names.contains(((Key) identity).name())
        ? null
        : Problem.of(ProblemType.FORBIDDEN, "Needs one of the keys " + names + ".");
  }
}
