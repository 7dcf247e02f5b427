package com.poolbrain.webhooks.domain;

/// Why an attempt failed, in one word for API, page, metrics and log.
public enum ErrorClass implements WireNamed {
  DNS("The host name could not be resolved."),
  CONNECT_REFUSED("Nothing listens on that port."),
  CONNECT_TIMEOUT("No connection came about in time."),
  TLS_UNTRUSTED("The certificate is not signed by a trusted authority."),
  TLS_EXPIRED("The certificate has expired or is not valid yet."),
  TLS_HOSTNAME("The certificate is for another host name."),
  TLS_OTHER("The TLS handshake failed."),
  RESPONSE_TIMEOUT("No answer arrived in time."),
  CONNECTION_RESET("The connection was closed before an answer."),
  REDIRECT("The endpoint answered with a redirect, which is not followed."),
  CLIENT_ERROR("The endpoint refused the request (4xx)."),
  UNAUTHORIZED("The endpoint asks for credentials (401 or 403)."),
  GONE("The endpoint says that it is gone (410)."),
  PAYLOAD_TOO_LARGE("The endpoint refuses a body of this size (413)."),
  RATE_LIMITED("The endpoint asks for fewer requests (429)."),
  SERVER_ERROR("The endpoint failed (5xx)."),
  BLOCKED_ADDRESS("The host name leads to an address that webhooks may not be sent to."),
  INVALID_RESPONSE("What came back is not an HTTP/1.1 answer.");

  private final String description;

  ErrorClass(String description) {
    this.description = description;
  }

  /// One sentence for the person who looks at the failure.
  public String description() {
    return description;
  }

  /// How much the endpoint strains its neighbours: by nothing if it answers, by 1 if it costs a
  /// connection, by 3 if it keeps one, and a place among what runs, until time is over.
  public int failurePenalty() {
    return switch (this) {
      case CONNECT_TIMEOUT, RESPONSE_TIMEOUT -> 3;
      case DNS,
          CONNECT_REFUSED,
          TLS_UNTRUSTED,
          TLS_EXPIRED,
          TLS_HOSTNAME,
          TLS_OTHER,
          CONNECTION_RESET,
          BLOCKED_ADDRESS,
          INVALID_RESPONSE ->
          1;
      case REDIRECT,
          CLIENT_ERROR,
          UNAUTHORIZED,
          GONE,
          PAYLOAD_TOO_LARGE,
          RATE_LIMITED,
          SERVER_ERROR ->
          0;
    };
  }

  /// The class of an answer whose final status is not 2xx. Anything that is no status of a final
  /// answer (1xx, 101 included) is [#INVALID_RESPONSE].
  public static ErrorClass fromStatusCode(int statusCode) {
    return switch (statusCode) {
      case 401, 403 -> UNAUTHORIZED;
      case 410 -> GONE;
      case 413 -> PAYLOAD_TOO_LARGE;
      case 429 -> RATE_LIMITED;
      default ->
          statusCode >= 300 && statusCode < 400
              ? REDIRECT
              : statusCode >= 400 && statusCode < 500
                  ? CLIENT_ERROR
                  : statusCode >= 500 && statusCode < 600 ? SERVER_ERROR : INVALID_RESPONSE;
    };
  }

  /// The class that a [#wireName()] names.
  ///
  /// @throws IllegalArgumentException if no class has this word
  public static ErrorClass fromWireName(String wireName) {
    return WireNamed.find(ErrorClass.class, "error class", wireName);
  }
}
