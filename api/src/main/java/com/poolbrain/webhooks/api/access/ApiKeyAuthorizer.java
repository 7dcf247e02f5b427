package com.poolbrain.webhooks.api.access;

import com.poolbrain.webhooks.http.Access;
import com.poolbrain.webhooks.http.Authorizer;
import com.poolbrain.webhooks.http.Identity;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemType;
import com.poolbrain.webhooks.management.ManagementException;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Authorizes requests by the API key in the `Authorization` header.
public final class ApiKeyAuthorizer implements Authorizer {

  private static final String BEARER = "Bearer ";
  private static final int MAX_KEY_LENGTH = 256;

  private final ApiKeyCache cache;

  /// @param lookup finds the principal of a key, or null; may block
  /// @param executor refreshes cached keys in the background
  public ApiKeyAuthorizer(Function<String, @Nullable Principal> lookup, Executor executor) {
    this.cache = new ApiKeyCache(lookup, executor, System::nanoTime);
  }

  @Override
  public @Nullable String credentials(@Nullable String authorization) {
    if (authorization == null
        || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return null;
    }
    String key = authorization.substring(BEARER.length()).strip();
    return key.isEmpty() || key.length() > MAX_KEY_LENGTH ? null : key;
  }

  @Override
  public @Nullable Identity findCached(String key) {
    return toIdentity(cache.findCached(key));
  }

  @Override
  public @Nullable Identity find(String key) {
    return toIdentity(cache.find(key));
  }

  private static @Nullable Identity toIdentity(@Nullable Principal principal) {
    return principal == null ? null : new ApiIdentity(principal);
  }

  @Override
  public Problem unauthorized(@Nullable String authorization) {
    String detail =
        authorization == null
            ? "Send an API key: 'Authorization: Bearer <key>'."
            : credentials(authorization) == null
                ? "The Authorization header is not of the form 'Bearer <key>'."
                : "This API key is unknown or was revoked.";
    return new Problem(
        ProblemType.UNAUTHORIZED,
        detail,
        List.of(),
        Map.of("WWW-Authenticate", "Bearer realm=\"poolbrain-webhooks\""));
  }

  @Override
  public @Nullable Problem check(
      Identity identity, Access access, Map<String, String> pathVariables) {
    Principal principal = ((ApiIdentity) identity).principal();
    Operation operation = ((OperationAccess) access).operation();
    try {
      if (operation.isOfCompany()) {
        operation.require(principal, ApiRequests.parseCompanyId(pathVariables));
      } else {
        operation.require(principal);
      }
      return null;
    } catch (ManagementException notAllowed) {
      return ApiExceptionMapper.toProblem(notAllowed);
    }
  }
}
