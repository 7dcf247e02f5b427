package com.poolbrain.webhooks.store.query;

import com.poolbrain.webhooks.domain.ErrorClass;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A filter of deliveries by the result of their last attempt.
public sealed interface ResultFilter {

  /// The text of [AnyFailure].
  String FAILED = "failed";

  Pattern CODE = Pattern.compile("[1-5][0-9][0-9]");
  Pattern CODE_CLASS = Pattern.compile("[1-5][xX]{2}");

  /// Its status code lies in a range.
  record StatusRange(int min, int max) implements ResultFilter {}

  /// It failed with a class of errors.
  record OfErrorClass(ErrorClass error) implements ResultFilter {}

  /// It failed.
  record AnyFailure() implements ResultFilter {}

  /// The filter that a text stands for: `503`, `5xx`, `failed`, or the name of an error class. Null
  /// if it stands for none.
  static @Nullable ResultFilter parse(String text) {
    if (text.equals(FAILED)) {
      return new AnyFailure();
    }
    if (CODE.matcher(text).matches()) {
      int code = Integer.parseInt(text);
      return new StatusRange(code, code);
    }
    if (CODE_CLASS.matcher(text).matches()) {
      int least = 100 * (text.charAt(0) - '0');
      return new StatusRange(least, least + 99);
    }
    for (ErrorClass error : ErrorClass.values()) {
      if (error.wireName().equals(text)) {
        return new OfErrorClass(error);
      }
    }
    return null;
  }

  default boolean matches(@Nullable LastAttempt attempt) {
    if (attempt == null) {
      return false;
    }
    return switch (this) {
      case StatusRange(int min, int max) -> {
        Integer status = attempt.statusCode();
        yield status != null && status >= min && status <= max;
      }
      case OfErrorClass(var error) -> attempt.error() == error;
      case AnyFailure _ -> attempt.error() != null;
    };
  }
}
