package com.poolbrain.webhooks.domain;

/// Why an attempt failed.
public enum ErrorClass implements WireNamed {
  DNS(
      "The host name could not be resolved.",
      "Check the spelling of the host name and its DNS records, then send a test."),
  CONNECT_REFUSED(
      "No server accepts connections on this port.",
      "Start the server, or correct the port of the URL."),
  CONNECT_TIMEOUT(
      "The connection could not be established in time.",
      "Check that the server is up and that its firewall lets this service in."),
  TLS_UNTRUSTED(
      "The certificate is not signed by a trusted authority.",
      "Install a certificate of a public authority, with all its intermediate certificates."),
  TLS_EXPIRED(
      "The certificate has expired or is not valid yet.",
      "Renew the certificate. Nothing else is needed: the next retry will succeed."),
  TLS_HOSTNAME(
      "The certificate is for another host name.",
      "Install a certificate for the host name of the URL, or change the URL to a name of the certificate."),
  TLS_OTHER(
      "The TLS handshake failed.", "Check that the server speaks TLS 1.2 or 1.3 on this port."),
  RESPONSE_TIMEOUT(
      "No response arrived in time.",
      "Answer as soon as the event is stored and process it afterwards, or raise the timeout of the endpoint."),
  CONNECTION_RESET(
      "The connection was closed before a response.",
      "Look into the logs of the server and its proxy for this time: one of them closed the connection."),
  REDIRECT(
      "The endpoint responded with a redirect, which is not followed.",
      "Change the URL of the endpoint to the address that the redirect names."),
  CLIENT_ERROR(
      "The endpoint refused the request (4xx).",
      "Look into the log of the server for its reason, and check the path of the URL."),
  UNAUTHORIZED(
      "The endpoint asks for credentials (401 or 403).",
      "Let webhook requests in without a login and verify their signature instead."),
  GONE(
      "The endpoint says that it is gone (410).",
      "Change the URL of the endpoint, or delete the endpoint if it is no longer needed."),
  PAYLOAD_TOO_LARGE(
      "The endpoint refuses a body of this size (413).",
      "Raise the limit of the request body in the server and its proxy."),
  RATE_LIMITED(
      "The endpoint asks for fewer requests (429).",
      "Raise the limit of the server, or give the endpoint a lower rate."),
  SERVER_ERROR(
      "The endpoint failed (5xx).",
      "Look into the log of the server for this time. The event is kept."),
  BLOCKED_ADDRESS(
      "The host name resolves to an address that webhooks may not be sent to.",
      "Use a host name that resolves to public addresses only."),
  PROXY(
      "The egress proxy of this service failed; the endpoint is not the cause.",
      "Nothing has to change at the endpoint. Operators of this service check the egress proxy."),
  INVALID_RESPONSE(
      "The response is not valid HTTP/1.1.",
      "Check that an HTTP server listens on the port of the URL.");

  private final String description;
  private final String advice;

  ErrorClass(String description, String advice) {
    this.description = description;
    this.advice = advice;
  }

  /// One sentence that describes the error.
  public String description() {
    return description;
  }

  /// What the owner of the endpoint can do about it.
  public String advice() {
    return advice;
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
