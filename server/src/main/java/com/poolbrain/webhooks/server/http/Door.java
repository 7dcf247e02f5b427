package com.poolbrain.webhooks.server.http;

import com.poolbrain.webhooks.server.http.Problem.Fault;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Decides whether a request is let in, before its body is read.
final class Door {

  private static final int LONGEST_KEY = 256;

  private Door() {}

  /// The key of an `Authorization` header; null if there is none that could be one.
  static @Nullable String key(@Nullable String authorization) {
    if (authorization == null || !authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return null;
    }
    String key = authorization.substring(7).strip();
    return key.isEmpty() || key.length() > LONGEST_KEY ? null : key;
  }

  /// 401.
  static Problem unauthorized(@Nullable String authorization) {
    String detail =
        authorization == null
            ? "Send an API key: 'Authorization: Bearer <key>'."
            : key(authorization) == null
                ? "The Authorization header is not of the form 'Bearer <key>'."
                : "This API key is not known here, or was revoked.";
    return new Problem(
        ProblemType.UNAUTHORIZED,
        detail,
        List.<Fault>of(),
        Map.of("WWW-Authenticate", "Bearer realm=\"poolbrain-webhooks\""));
  }

  /// Why the caller may not use the route; null if it may.
  static @Nullable Problem refuse(Route route, Map<String, String> variables, Caller caller) {
    Scope needed = route.scope();
    if (needed == null) {
      return null;
    }
    if (!caller.may(needed)) {
      String has =
          caller.scopes().stream().map(Scope::word).sorted().collect(Collectors.joining(", "));
      return Problem.of(
          ProblemType.FORBIDDEN,
          "This needs an API key with the scope '%s'; this one has: %s."
              .formatted(needed.word(), has.isEmpty() ? "none" : has));
    }
    if (route.namesCompany()) {
      return refuseCompany(variables, caller);
    }
    if (caller.companyId() != null && !route.boundKeys()) {
      return Problem.of(
          ProblemType.FORBIDDEN,
          "This API key is bound to company %d; this needs one that is not bound."
              .formatted(caller.companyId()));
    }
    return null;
  }

  private static @Nullable Problem refuseCompany(Map<String, String> variables, Caller caller) {
    try {
      new Request(caller, variables, "", _ -> null, new byte[0]).companyId();
      return null;
    } catch (Refusal refusal) {
      return refusal.problem();
    }
  }

  /// Why a body of this kind is not read; null if it is.
  static @Nullable Problem refuseBody(@Nullable String contentType, @Nullable String encoding) {
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return Problem.of(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body without Content-Encoding.");
    }
    if (contentType == null) {
      return null;
    }
    String[] parts = contentType.split(";", -1);
    boolean json = parts[0].strip().equalsIgnoreCase(Response.JSON);
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      json &=
          !parameter.regionMatches(true, 0, "charset=", 0, 8)
              || parameter.substring(8).equalsIgnoreCase("utf-8");
    }
    return json
        ? null
        : Problem.of(
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            "Send JSON in UTF-8, with 'Content-Type: application/json'.");
  }
}
