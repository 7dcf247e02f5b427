package com.poolbrain.webhooks.http;

import java.time.Duration;

/// The limits of the listener, for one client and for all of them together.
///
/// @param maxBodyBytes bytes of one body
/// @param maxTotalBodyBytes bytes of all bodies that are being read or answered
/// @param maxBodyBytesPerSender bytes of one sender's bodies that are being read or answered;
///   further ones wait
/// @param bodyTimeout time for the body of a request to arrive, and for a client to take a part of
///   a streamed response
/// @param idleTimeout time that a connection may stay open without a complete request
/// @param maxConnections open at a time
public record HttpLimits(
    int maxBodyBytes,
    long maxTotalBodyBytes,
    long maxBodyBytesPerSender,
    Duration bodyTimeout,
    Duration idleTimeout,
    int maxConnections) {

  static final int MAX_REQUEST_LINE_BYTES = 8 * 1024;
  static final int MAX_HEADER_BYTES = 16 * 1024;

  /// Bodies up to this size are parsed on the event loop that read them, or the virtual thread that
  /// handles them, which takes half a millisecond. Larger ones are parsed by threads of their own,
  /// in turns with those of other senders. The benchmark scenario `hostile-publisher` shows a
  /// larger value, `throughput` a smaller one.
  static final int MAX_EVENT_LOOP_BODY_BYTES = 16 * 1024;

  /// Bytes per second of the bodies of one sender that are not parsed on the event loop. More than
  /// the database can store, but little enough for the event loop to read them beside others.
  static final long MAX_LARGE_BODY_BYTES_PER_SECOND = 64L * 1024 * 1024;

  /// Requests of one sender that blocking handlers work on at once; further ones wait.
  static final int MAX_BLOCKING_PER_SENDER = 64;

  /// Limit of bodies that are read with [Request#jsonFields()], which needs many times their size
  /// in memory. Publishing reads tokens instead and has the larger limit.
  public static final int MAX_JSON_FIELDS_BYTES = 1024 * 1024;

  /// Bytes of a rejected body that are read and discarded, because most clients look for a response
  /// only after they have sent everything.
  static final long MAX_DISCARDED = 64L * 1024 * 1024;

  /// The limits of the service, with this limit of one body.
  public static HttpLimits withDefaults(int maxBodyBytes) {
    return new HttpLimits(
        maxBodyBytes,
        64L * 1024 * 1024,
        8L * 1024 * 1024,
        Duration.ofSeconds(30),
        Duration.ofSeconds(75),
        10_000);
  }
}
