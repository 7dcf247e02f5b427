package com.poolbrain.webhooks.http;

import com.poolbrain.webhooks.domain.Limits;
import java.time.Duration;

/// What one caller, and all of them together, may ask of the listener.
///
/// @param maxBodyBytes bytes of one body
/// @param maxTotalBodyBytes bytes of all bodies that are being read or answered
/// @param bodyTimeout how long one request's body may take to arrive
/// @param idleTimeout how long a connection may be without a whole request
/// @param maxConnections at a time
public record HttpLimits(
    int maxBodyBytes,
    long maxTotalBodyBytes,
    Duration bodyTimeout,
    Duration idleTimeout,
    int maxConnections) {

  /// What the service uses.
  public static final HttpLimits DEFAULT =
      new HttpLimits(
          Limits.MAX_REQUEST_BYTES,
          64L * 1024 * 1024,
          Duration.ofSeconds(30),
          Duration.ofSeconds(75),
          10_000);

  static final int MAX_REQUEST_LINE_BYTES = 8 * 1024;
  static final int MAX_HEADER_BYTES = 16 * 1024;

  /// Bodies up to this size are handled where they were read, if their handler is prompt.
  static final int MAX_EVENT_LOOP_BODY_BYTES = 64 * 1024;

  /// Bodies that are read field by field, and so take many times their size, have at most so many
  /// bytes. What is published is not read so.
  static final int MAX_JSON_FIELDS_BYTES = 1024 * 1024;

  /// Of a body that is refused anyway, so much is read and thrown away, so that the caller gets to
  /// see the answer: most clients look for one only after they have sent everything.
  static final long MAX_DISCARDED = 64L * 1024 * 1024;
}
