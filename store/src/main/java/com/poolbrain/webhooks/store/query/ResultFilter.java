package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.ErrorClass;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A filter of deliveries by the result of their last attempt: its status code lies in a range, or
/// it failed with a class of errors.
///
/// @param error null if the range counts
public record ResultFilter(int minStatus, int maxStatus, @Nullable ErrorClass error) {

  private static final Pattern CODE = Pattern.compile("[1-5][0-9][0-9]");
  private static final Pattern CODE_CLASS = Pattern.compile("[1-5][xX]{2}");

  /// The filter that a text stands for: `503`, `5xx`, or the name of an error class. Null if it
  /// stands for none.
  public static @Nullable ResultFilter parse(String text) {
    if (CODE.matcher(text).matches()) {
      int code = Integer.parseInt(text);
      return new ResultFilter(code, code, null);
    }
    if (CODE_CLASS.matcher(text).matches()) {
      int least = 100 * (text.charAt(0) - '0');
      return new ResultFilter(least, least + 99, null);
    }
    for (ErrorClass error : ErrorClass.values()) {
      if (error.wireName().equals(text)) {
        return new ResultFilter(0, 0, error);
      }
    }
    return null;
  }

  boolean matches(@Nullable LastAttempt attempt) {
    if (attempt == null) {
      return false;
    }
    Integer status = attempt.statusCode();
    return error == null
        ? status != null && status >= minStatus && status <= maxStatus
        : attempt.error() == error;
  }
}
