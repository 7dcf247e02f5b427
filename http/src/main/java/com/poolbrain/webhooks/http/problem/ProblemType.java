package com.poolbrain.webhooks.http.problem;

import java.util.Locale;

/// The types of problems. Each has an entry in the documentation.
public enum ProblemType {
  BAD_REQUEST(400, "The request is not valid HTTP"),
  MALFORMED_JSON(400, "The body is not valid JSON"),
  UNAUTHORIZED(401, "No valid API key"),
  FORBIDDEN(403, "The API key does not allow this"),
  NOT_FOUND(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  TIMEOUT(408, "The request took too long to arrive"),
  CONFLICT(409, "Conflict"),
  PRECONDITION_FAILED(412, "The resource was changed meanwhile"),
  TOO_LARGE(413, "The body is too large"),
  URI_TOO_LONG(414, "The URL is too long"),
  UNSUPPORTED_MEDIA_TYPE(422, "The content type is not JSON"),
  INVALID(422, "The request is invalid"),
  TOO_MANY_REQUESTS(429, "Too many requests"),
  HEADERS_TOO_LARGE(431, "The headers are too large"),
  INTERNAL(500, "Internal error"),
  NOT_IMPLEMENTED(501, "Not implemented"),
  UNAVAILABLE(503, "Unavailable");

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// A short text, the same for every problem of this type.
  public String title() {
    return title;
  }

  /// The `type` of the problem: the URL of its documentation.
  public String uri() {
    return "/docs#" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
