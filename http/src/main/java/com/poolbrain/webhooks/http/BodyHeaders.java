package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/// The headers that describe a body.
final class BodyHeaders {

  private static final String CHARSET = "charset=";

  private BodyHeaders() {}

  /// The problem of a body that is not plain JSON in UTF-8 by its headers; null if it is.
  ///
  /// @param contentType null counts as JSON
  static @Nullable Problem check(@Nullable String contentType, @Nullable String encoding) {
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return Problem.of(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body without Content-Encoding.");
    }
    return contentType == null || isJson(contentType)
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
