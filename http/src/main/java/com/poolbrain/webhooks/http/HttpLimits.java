package com.poolbrain.webhooks.http;

import java.time.Duration;

/// The limits of the listener, for one client and for all of them together.
///
/// @param maxBodyBytes bytes of one body
/// @param maxTotalBodyBytes bytes of all bodies that are being read or answered
/// @param bodyTimeout time for the body of a request to arrive
/// @param idleTimeout time that a connection may stay open without a complete request
/// @param maxConnections open at a time
public record HttpLimits(
    int maxBodyBytes,
    long maxTotalBodyBytes,
    Duration bodyTimeout,
    Duration idleTimeout,
    int maxConnections) {

  static final int MAX_REQUEST_LINE_BYTES = 8 * 1024;
  static final int MAX_HEADER_BYTES = 16 * 1024;

  /// Bodies up to this size are handled on the event loop that read them, if the handler is async.
  static final int MAX_EVENT_LOOP_BODY_BYTES = 64 * 1024;

  /// Limit of bodies that are read with [Request#jsonFields()], which needs many times their size
  /// in memory. Publishing reads tokens instead and has the larger limit.
  public static final int MAX_JSON_FIELDS_BYTES = 1024 * 1024;

  /// Bytes of a rejected body that are read and discarded, because most clients look for a response
  /// only after they have sent everything.
  static final long MAX_DISCARDED = 64L * 1024 * 1024;

  /// The limits of the service, with this limit of one body.
  public static HttpLimits withDefaults(int maxBodyBytes) {
    return new HttpLimits(
        maxBodyBytes, 64L * 1024 * 1024, Duration.ofSeconds(30), Duration.ofSeconds(75), 10_000);
  }
}
