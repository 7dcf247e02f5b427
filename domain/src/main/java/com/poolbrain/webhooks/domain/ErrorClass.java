package com.poolbrain.webhooks.domain;

import java.util.Locale;

/// Why an attempt failed, in one word for API, page, metrics and log.
public enum ErrorClass {
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

  private final String meaning;

  ErrorClass(String meaning) {
    this.meaning = meaning;
  }

  /// The word as the database, the API and people read it.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// One sentence for the person who looks at the failure.
  public String meaning() {
    return meaning;
  }

  /// How much the endpoint strains its neighbours: by nothing if it answers, by 1 if it costs a
  /// connection, by 3 if it keeps one, and a place among what runs, until time is over.
  public int strain() {
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
  public static ErrorClass ofStatus(int status) {
    return switch (status) {
      case 401, 403 -> UNAUTHORIZED;
      case 410 -> GONE;
      case 413 -> PAYLOAD_TOO_LARGE;
      case 429 -> RATE_LIMITED;
      default ->
          status >= 300 && status < 400
              ? REDIRECT
              : status >= 400 && status < 500
                  ? CLIENT_ERROR
                  : status >= 500 && status < 600 ? SERVER_ERROR : INVALID_RESPONSE;
    };
  }

  /// The class that a [#word()] names.
  ///
  /// @throws IllegalArgumentException if no class has this word
  public static ErrorClass of(String word) {
    for (ErrorClass error : values()) {
      if (error.word().equals(word)) {
        return error;
      }
    }
    throw new IllegalArgumentException("no error class '" + word + "'");
  }
}
