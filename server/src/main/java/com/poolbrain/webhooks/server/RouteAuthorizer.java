package com.poolbrain.webhooks.server;

import com.poolbrain.webhooks.http.Access;
import com.poolbrain.webhooks.http.Authorizer;
import com.poolbrain.webhooks.http.Credentials;
import com.poolbrain.webhooks.http.Identity;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.web.access.SessionAccess;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Authorizes pages by sessions, and all other routes by API keys.
record RouteAuthorizer(Authorizer apiKeys, Authorizer sessions) implements Authorizer {

  @Override
  public Authentication authenticate(Access access, Credentials credentials) {
    return authorizer(access).authenticate(access, credentials);
  }

  @Override
  public @Nullable Problem check(
      Identity identity, Access access, Map<String, String> pathVariables) {
    return authorizer(access).check(identity, access, pathVariables);
  }

  private Authorizer authorizer(Access access) {
    return access instanceof SessionAccess ? sessions : apiKeys;
  }
}
