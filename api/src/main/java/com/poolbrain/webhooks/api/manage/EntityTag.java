package com.poolbrain.webhooks.api.manage;

import com.poolbrain.webhooks.http.Request;
import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemException;
import com.poolbrain.webhooks.http.problem.ProblemType;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Versions of resources as entity tags (RFC 9110, section 8.8.3): `"17"`.
final class EntityTag {

  private static final Pattern VERSION = Pattern.compile("\"([0-9]{1,18})\"");

  private EntityTag() {}

  static String of(long version) {
    return "\"" + version + "\"";
  }

  /// The version in the header `If-Match`; null if there is no such header, or any version will do.
  ///
  /// @throws ProblemException 422 if it is no version
  static @Nullable Long expectedVersion(Request request) {
    String value = request.header("If-Match");
    if (value == null || value.equals("*")) {
      return null;
    }
    Matcher version = VERSION.matcher(value);
    if (!version.matches()) {
      throw new ProblemException(
          Problem.of(
              ProblemType.INVALID,
              "If-Match must be one version in double quotes, such as \"17\": the field `version`"
                  + " of what you read before."));
    }
    return Long.valueOf(version.group(1));
  }
}
