package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.http.problem.Problem;
import com.poolbrain.webhooks.http.problem.ProblemType;
import com.poolbrain.webhooks.http.stream.BodyStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A response: complete, or with a body that is made while it is sent.
///
/// @param contentType of the body; null if there is none
/// @param headers further headers
/// @param problem why the request was rejected; null if it was not
/// @param stream the body, instead of `body`; null if `body` is it
public record Response(
    int status,
    @Nullable String contentType,
    byte[] body,
    Map<String, String> headers,
    @Nullable Problem problem,
    @Nullable BodyStream stream) {

  private static final byte[] NO_BODY = {};

  /// The response to a request that was not rejected.
  public Response(
      int status, @Nullable String contentType, byte[] body, Map<String, String> headers) {
    this(status, contentType, body, headers, null, null);
  }

  static final String JSON_CONTENT_TYPE = "application/json";

  /// 200 with the record as JSON.
  public static Response ok(Object body) {
    return json(200, body);
  }

  /// 201 with the created record as JSON, and its URL.
  public static Response created(String location, Object body) {
    return json(201, body).withHeader("Location", location);
  }

  /// 202 with the record as JSON.
  public static Response accepted(Object body) {
    return json(202, body);
  }

  /// 204: done, without a body.
  public static Response noContent() {
    return new Response(204, null, new byte[0], Map.of());
  }

  /// The record as JSON.
  public static Response json(int status, Object body) {
    return json(status, JsonWriter.write(body));
  }

  /// A body that is JSON already.
  public static Response json(int status, byte[] body) {
    return new Response(status, JSON_CONTENT_TYPE, body, Map.of());
  }

  /// 200 with text in UTF-8.
  public static Response text(String contentType, String body) {
    return new Response(200, contentType, body.getBytes(StandardCharsets.UTF_8), Map.of());
  }

  /// 200 with a body that is made while it is sent. nginx passes it on at once.
  public static Response stream(String contentType, BodyStream stream) {
    return new Response(200, contentType, NO_BODY, Map.of("X-Accel-Buffering", "no"), null, stream);
  }

  /// 200 with a file that is made while it is sent. Browsers save it.
  ///
  /// @param fileName of letters, digits, hyphens and dots
  public static Response download(String contentType, String fileName, BodyStream stream) {
    return stream(contentType, stream)
        .withHeader("Content-Disposition", "attachment; filename=\"" + fileName + "\"")
        .withHeader("Cache-Control", "no-store");
  }

  /// A problem as `application/problem+json`.
  public static Response of(Problem problem) {
    return new Response(
        problem.type().status(),
        "application/problem+json",
        JsonWriter.write(ProblemView.of(problem)),
        problem.headers(),
        problem,
        null);
  }

  /// The same response with one more header.
  public Response withHeader(String name, String value) {
    var merged = new LinkedHashMap<>(headers);
    merged.put(name, value);
    return new Response(status, contentType, body, merged, problem, stream);
  }

  private record ProblemView(
      String type,
      String title,
      int status,
      String detail,
      @Nullable List<Problem.FieldError> errors) {

    static ProblemView of(Problem problem) {
      ProblemType type = problem.type();
      return new ProblemView(
          type.uri(),
          type.title(),
          type.status(),
          problem.detail(),
          problem.errors().isEmpty() ? null : problem.errors());
    }
  }
}
