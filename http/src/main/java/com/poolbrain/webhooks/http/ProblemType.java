package com.poolbrain.webhooks.http;

import java.util.Locale;

/// The kinds of problems that the API answers with; each has its paragraph in the documentation.
public enum ProblemType {
  BAD_REQUEST(400, "The request can't be read"),
  MALFORMED_JSON(400, "The body is not valid JSON"),
  UNAUTHORIZED(401, "No valid API key"),
  FORBIDDEN(403, "The API key does not allow this"),
  NOT_FOUND(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "Not with this method"),
  TIMEOUT(408, "The request took too long to arrive"),
  CONFLICT(409, "Conflict"),
  TOO_LARGE(413, "The body is too large"),
  URI_TOO_LONG(414, "The address is too long"),
  UNSUPPORTED_MEDIA_TYPE(422, "The body is not JSON by its content type"),
  INVALID(422, "The request can't be accepted"),
  HEADERS_TOO_LARGE(431, "The headers are too large"),
  INTERNAL(500, "A fault of the service"),
  UNAVAILABLE(503, "Not available now");

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

  /// The same for every problem of this type.
  public String title() {
    return title;
  }

  /// Where it is explained: the `type` of the problem.
  public String uri() {
    return "/docs#" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
