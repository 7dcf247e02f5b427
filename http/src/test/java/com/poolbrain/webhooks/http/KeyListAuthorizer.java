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

  record Key(String name) implements Identity {}

  static KeyListAuthorizer of(String... keys) {
    return new KeyListAuthorizer(Set.of(keys));
  }

  @Override
  public @Nullable String credentials(@Nullable String authorization) {
    return authorization == null || !authorization.startsWith("Bearer ")
        ? null
        : authorization.substring("Bearer ".length());
  }

  @Override
  public @Nullable Identity findCached(String credentials) {
    return null;
  }

  @Override
  public @Nullable Identity find(String credentials) {
    return keys.contains(credentials) ? new Key(credentials) : null;
  }

  @Override
  public Problem unauthorized(@Nullable String authorization) {
    return new Problem(
        ProblemType.UNAUTHORIZED, "Send a key.", List.of(), Map.of("WWW-Authenticate", "Bearer"));
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
