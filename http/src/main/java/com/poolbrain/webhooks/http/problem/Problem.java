package com.poolbrain.webhooks.http.problem;

import com.poolbrain.webhooks.events.InvalidJsonException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Why a request was rejected, and what to do: the `application/problem+json` of RFC 9457.
///
/// @param errors errors of single fields; empty if the problem concerns the whole request
/// @param headers of the response
public record Problem(
    ProblemType type, String detail, List<FieldError> errors, Map<String, String> headers) {

  private static final int MAX_REPEATED_LENGTH = 64;

  /// An error of one field of the body, or of one query parameter.
  ///
  /// @param pointer JSON pointer (RFC 6901) to the field; null for a parameter
  /// @param parameter name of the query parameter; null for a field
  public record FieldError(@Nullable String pointer, @Nullable String parameter, String detail) {

    /// The texts may repeat what a client sent, lone surrogates included.
    public FieldError {
      pointer = pointer == null ? null : replaceLoneSurrogates(pointer);
      parameter = parameter == null ? null : replaceLoneSurrogates(parameter);
      detail = replaceLoneSurrogates(detail);
    }

    /// An error of a field.
    public static FieldError atPointer(String pointer, String detail) {
      return new FieldError(pointer, null, detail);
    }

    /// An error of a query parameter.
    public static FieldError atParameter(String parameter, String detail) {
      return new FieldError(null, parameter, detail);
    }
  }

  /// The detail may repeat what a client sent, lone surrogates included.
  public Problem {
    detail = replaceLoneSurrogates(detail);
    errors = List.copyOf(errors);
    headers = Map.copyOf(headers);
  }

  /// A text that a client sent, shortened so that a problem may repeat it.
  public static String shorten(String text) {
    return text.length() <= MAX_REPEATED_LENGTH
        ? text
        : text.substring(0, MAX_REPEATED_LENGTH) + "…";
  }

  /// A problem of the whole request.
  public static Problem of(ProblemType type, String detail) {
    return new Problem(type, detail, List.of(), Map.of());
  }

  /// 400: the body is not JSON.
  public static Problem malformed(String pointer, String detail) {
    return new Problem(
        ProblemType.MALFORMED_JSON,
        detail,
        List.of(FieldError.atPointer(pointer, detail)),
        Map.of());
  }

  /// 400 if the body is not JSON, 422 if it holds values that are not accepted.
  public static Problem of(InvalidJsonException invalidJson) {
    String detail = String.valueOf(invalidJson.getMessage());
    return invalidJson.isMalformed()
        ? malformed(invalidJson.pointer(), detail)
        : invalid(invalidJson.pointer(), detail);
  }

  /// 404: the path, or a resource in it, does not exist for this client.
  public static Problem notFound(String detail) {
    return of(ProblemType.NOT_FOUND, detail);
  }

  /// 409: the request conflicts with the state of a resource.
  public static Problem conflict(String detail) {
    return of(ProblemType.CONFLICT, detail);
  }

  /// 412: the resource has another version than the client expects.
  ///
  /// @param changes the fields that changed since
  public static Problem preconditionFailed(String detail, List<FieldError> changes) {
    return new Problem(ProblemType.PRECONDITION_FAILED, detail, changes, Map.of());
  }

  /// 422: fields are invalid.
  public static Problem invalid(List<FieldError> errors) {
    String detail =
        errors.size() == 1
            ? errors.getFirst().detail()
            : errors.size() + " fields are invalid; nothing was done. See errors.";
    return new Problem(ProblemType.INVALID, detail, errors, Map.of());
  }

  /// 422: one field is invalid.
  public static Problem invalid(String pointer, String detail) {
    return invalid(List.of(FieldError.atPointer(pointer, detail)));
  }

  /// 429: the client sends too much, and may repeat the request later.
  public static Problem tooManyRequests(String detail, Duration retryAfter) {
    return repeatable(ProblemType.TOO_MANY_REQUESTS, detail, retryAfter);
  }

  /// 503: to be repeated later.
  public static Problem unavailable(String detail, Duration retryAfter) {
    return repeatable(ProblemType.UNAVAILABLE, detail, retryAfter);
  }

  private static Problem repeatable(ProblemType type, String detail, Duration retryAfter) {
    return new Problem(
        type,
        detail,
        List.of(),
        Map.of("Retry-After", Long.toString(Math.max(1, retryAfter.toSeconds()))));
  }

  /// The text with a question mark for each lone surrogate, which UTF-8 can't express.
  private static String replaceLoneSurrogates(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }
}
