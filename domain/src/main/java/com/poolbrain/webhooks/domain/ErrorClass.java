package com.poolbrain.webhooks.domain;

/// Why an attempt failed.
public enum ErrorClass implements WireNamed {
  DNS("The host name could not be resolved."),
  CONNECT_REFUSED("No server accepts connections on this port."),
  CONNECT_TIMEOUT("The connection could not be established in time."),
  TLS_UNTRUSTED("The certificate is not signed by a trusted authority."),
  TLS_EXPIRED("The certificate has expired or is not valid yet."),
  TLS_HOSTNAME("The certificate is for another host name."),
  TLS_OTHER("The TLS handshake failed."),
  RESPONSE_TIMEOUT("No response arrived in time."),
  CONNECTION_RESET("The connection was closed before a response."),
  REDIRECT("The endpoint responded with a redirect, which is not followed."),
  CLIENT_ERROR("The endpoint refused the request (4xx)."),
  UNAUTHORIZED("The endpoint asks for credentials (401 or 403)."),
  GONE("The endpoint says that it is gone (410)."),
  PAYLOAD_TOO_LARGE("The endpoint refuses a body of this size (413)."),
  RATE_LIMITED("The endpoint asks for fewer requests (429)."),
  SERVER_ERROR("The endpoint failed (5xx)."),
  BLOCKED_ADDRESS("The host name resolves to an address that webhooks may not be sent to."),
  PROXY("The egress proxy of this service failed; the endpoint is not the cause."),
  INVALID_RESPONSE("The response is not valid HTTP/1.1.");

  private final String description;

  ErrorClass(String description) {
    this.description = description;
  }

  /// One sentence that describes the error.
  public String description() {
    return description;
  }

  /// How much the error raises the failure penalty of the endpoint (see [ConcurrencyWindow]): 0 if
  /// it responded or is not the cause, 1 if it cost a connection, 3 if it occupied a slot until a
  /// timeout.
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
          SERVER_ERROR,
          PROXY ->
          0;
    };
  }

  /// Whether the error says something about the endpoint. Its health and its failure budget depend
  /// on such errors only.
  public boolean isCausedByEndpoint() {
    return this != PROXY;
  }

  /// The class of a final status that is not 2xx. A status that can't be final, such as 101, is
  /// [#INVALID_RESPONSE].
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

  /// The class with this [#wireName()].
  ///
  /// @throws IllegalArgumentException if no class has this name
  public static ErrorClass fromWireName(String wireName) {
    return WireNamed.find(ErrorClass.class, "error class", wireName);
  }
}
