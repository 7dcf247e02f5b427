package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemType;
import io.vertx.core.MultiMap;
import org.jspecify.annotations.Nullable;

/// The headers that describe a body.
final class BodyHeaders {

  private static final String CHARSET = "charset=";

  private BodyHeaders() {}

  /// The problem of a body that is not plain JSON in UTF-8 by any of its headers; null if it is. A
  /// body without `Content-Type` counts as JSON.
  static @Nullable Problem check(MultiMap headers) {
    if (!headers.getAll("Content-Encoding").stream().allMatch("identity"::equalsIgnoreCase)) {
      return Problem.of(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body without Content-Encoding.");
    }
    return headers.getAll("Content-Type").stream().allMatch(BodyHeaders::isJson)
        ? null
        : Problem.of(
            ProblemType.UNSUPPORTED_MEDIA_TYPE,
            "Send JSON in UTF-8, with 'Content-Type: application/json'.");
  }

  private static boolean isJson(String contentType) {
    String[] parts = contentType.split(";", -1);
    boolean isJson = parts[0].strip().equalsIgnoreCase(Response.JSON_CONTENT_TYPE);
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      isJson &=
          !parameter.regionMatches(true, 0, CHARSET, 0, CHARSET.length())
              || parameter.substring(CHARSET.length()).equalsIgnoreCase("utf-8");
    }
    return isJson;
  }
}
