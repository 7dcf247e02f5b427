package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.Problem.FieldError;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.management.Scope;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Decides whether a request is let in, before its body is read.
final class Authorizer {

  private static final int MAX_KEY_LENGTH = 256;

  private Authorizer() {}

  /// The key of an `Authorization` header; null if there is none that could be one.
  static @Nullable String extractApiKey(@Nullable String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return null;
    }
    String key = authorization.substring(7).strip();
    return key.isEmpty() || key.length() > MAX_KEY_LENGTH ? null : key;
  }

  /// 401.
  static Problem unauthorizedProblem(@Nullable String authorization) {
    String detail =
        authorization == null
            ? "Send an API key: 'Authorization: Bearer <key>'."
            : extractApiKey(authorization) == null
                ? "The Authorization header is not of the form 'Bearer <key>'."
                : "This API key is not known here, or was revoked.";
    return new Problem(
        ProblemType.UNAUTHORIZED,
        detail,
        List.<FieldError>of(),
        Map.of("WWW-Authenticate", "Bearer realm=\"poolbrain-webhooks\""));
  }

  /// Why the caller may not use the route; null if it may.
  static @Nullable Problem checkAccess(
      Route route, Map<String, String> pathVariables, Principal principal) {
    Scope requiredScope = route.scope();
    if (requiredScope == null) {
      return null;
    }
    if (!principal.hasScope(requiredScope)) {
      String grantedScopes =
          principal.scopes().stream()
              .map(Scope::wireName)
              .sorted()
              .collect(Collectors.joining(", "));
      return Problem.of(
          ProblemType.FORBIDDEN,
          "This needs an API key with the scope '%s'; this one has: %s."
              .formatted(
                  requiredScope.wireName(), grantedScopes.isEmpty() ? "none" : grantedScopes));
    }
    if (route.hasCompanyInPath()) {
      return checkCompanyAccess(pathVariables, principal);
    }
    if (principal.companyId() != null && !route.allowsCompanyKeys()) {
      return Problem.of(
          ProblemType.FORBIDDEN,
          "This API key is bound to company %d; this needs one that is not bound."
              .formatted(principal.companyId()));
    }
    return null;
  }

  private static @Nullable Problem checkCompanyAccess(
      Map<String, String> pathVariables, Principal principal) {
    try {
      new Request(principal, pathVariables, "", _ -> null, new byte[0]).companyId();
      return null;
    } catch (ProblemException problemException) {
      return problemException.problem();
    }
  }

  /// Why a body of this kind is not read; null if it is.
  static @Nullable Problem checkBodyHeaders(
      @Nullable String contentType, @Nullable String encoding) {
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return Problem.of(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body without Content-Encoding.");
    }
    if (contentType == null) {
      return null;
    }
    String[] parts = contentType.split(";", -1);
    boolean isJson = parts[0].strip().equalsIgnoreCase(Response.JSON_CONTENT_TYPE);
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      isJson &=
          !parameter.regionMatches(true, 0, "charset=", 0, 8)
              || parameter.substring(8).equalsIgnoreCase("utf-8");
    }
    return isJson
        ? null
        : Problem.of(
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            "Send JSON in UTF-8, with 'Content-Type: application/json'.");
  }
}
