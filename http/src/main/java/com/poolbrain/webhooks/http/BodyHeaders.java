package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.HttpRoute.BodyFormat;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemType;
import io.vertx.core.MultiMap;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The headers that describe a body.
final class BodyHeaders {

  private static final String CHARSET = "charset=";
  private static final String FORM = "application/x-www-form-urlencoded";

  private BodyHeaders() {}

  /// The problem of a body that is not plain UTF-8 of the format by any of its headers; null if it
  /// is. A body without `Content-Type` counts as of the format.
  static @Nullable Problem check(MultiMap headers, BodyFormat format) {
    if (!headers.getAll("Content-Encoding").stream().allMatch("identity"::equalsIgnoreCase)) {
      return Problem.of(
          ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body without Content-Encoding.");
    }
    return headers.getAll("Content-Type").stream().allMatch(type -> isOf(format, type))
        ? null
        : Problem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, adviceFor(format));
  }

  private static String adviceFor(BodyFormat format) {
    return switch (format) {
      case JSON -> "Send JSON in UTF-8, with 'Content-Type: application/json'.";
      case FORM, ANY_FORM ->
          "Send a form in UTF-8, with 'Content-Type: application/x-www-form-urlencoded'.";
    };
  }

  private static Set<String> mediaTypes(BodyFormat format) {
    return switch (format) {
      case JSON -> Set.of(Response.JSON_CONTENT_TYPE);
      case FORM -> Set.of(FORM);
      case ANY_FORM -> Set.of(FORM, "multipart/form-data");
    };
  }

  private static boolean isOf(BodyFormat format, String contentType) {
    String[] parts = contentType.split(";", -1);
    boolean isOfFormat = mediaTypes(format).contains(parts[0].strip().toLowerCase(Locale.ROOT));
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip().replace("\"", "");
      isOfFormat &=
          !parameter.regionMatches(true, 0, CHARSET, 0, CHARSET.length())
              || parameter.substring(CHARSET.length()).equalsIgnoreCase("utf-8");
    }
    return isOfFormat;
  }
}
