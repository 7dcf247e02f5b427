package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.events.InvalidJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why a request was not done, in words that say what to do: the `application/problem+json` of RFC
/// 9457.
///
/// @param errors what is wrong with single fields; empty if the request as a whole is meant
/// @param headers that go with the answer
public record Problem(
    ProblemType type, String detail, List<FieldError> errors, Map<String, String> headers) {

  /// What is wrong with one field of the body, or one parameter of the query.
  ///
  /// @param pointer JSON pointer (RFC 6901) to the field; null for a parameter
  /// @param parameter name of the query parameter; null for a field
  public record FieldError(@Nullable String pointer, @Nullable String parameter, String detail) {

    /// Both may repeat what somebody sent.
    public FieldError {
      pointer = pointer == null ? null : replaceLoneSurrogates(pointer);
      parameter = parameter == null ? null : replaceLoneSurrogates(parameter);
      detail = replaceLoneSurrogates(detail);
    }

    /// A fault of a field.
    public static FieldError atPointer(String pointer, String detail) {
      return new FieldError(pointer, null, detail);
    }

    /// A fault of a query parameter.
    public static FieldError atParameter(String parameter, String detail) {
      return new FieldError(null, parameter, detail);
    }
  }

  /// The detail may repeat what somebody sent.
  public Problem {
    detail = replaceLoneSurrogates(detail);
    errors = List.copyOf(errors);
    headers = Map.copyOf(headers);
  }

  /// A problem of the request as a whole.
  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, List.of(), Map.of());
  }

  /// 400: the body is not even JSON as we read it.
  public static Problem malformed(String pointer, String detail) {
    return new Problem(
        ProblemType.MALFORMED_JSON,
        detail,
        List.of(FieldError.atPointer(pointer, detail)),
        Map.of());
  }

  /// 400 or 422: the body is not JSON, or not as we read it.
  public static Problem of(InvalidJsonException invalidJson) {
    String detail = String.valueOf(invalidJson.getMessage());
    return invalidJson.isMalformed()
        ? malformed(invalidJson.pointer(), detail)
        : invalid(invalidJson.pointer(), detail);
  }

  /// 404: an id in the path that isn't there, or isn't the caller's.
  public static Problem notFound(String detail) {
    return of(ProblemType.NOT_FOUND, detail);
  }

  /// 409: it doesn't fit what is there.
  public static Problem conflict(String detail) {
    return of(ProblemType.CONFLICT, detail);
  }

  /// 422: single fields can't be accepted.
  public static Problem invalid(List<FieldError> errors) {
    String detail =
        errors.size() == 1
            ? errors.getFirst().detail()
            : errors.size() + " things are wrong; nothing was done. See errors.";
    return new Problem(ProblemType.INVALID, detail, errors, Map.of());
  }

  /// 422: one field can't be accepted.
  public static Problem invalid(String pointer, String detail) {
    return invalid(List.of(FieldError.atPointer(pointer, detail)));
  }

  /// 503: not now.
  public static Problem unavailable(String detail, Duration retryAfter) {
    return new Problem(
        ProblemType.UNAVAILABLE,
        detail,
        List.of(),
        Map.of("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds()))));
  }

  /// The text with a question mark for half a surrogate pair, which could not be written.
  private static String replaceLoneSurrogates(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
