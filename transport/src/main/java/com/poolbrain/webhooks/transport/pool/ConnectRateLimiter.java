package com.poolbrain.webhooks.transport.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// Limits the rate of additional connections, over all hosts. A connection is additional if its
/// host has one already.
///
/// One additional connection is opened per 20 ms. The limit does not apply while there are fewer
/// than 256 connections and requests to the host have waited for 250 ms. Without the limit, a short
/// stall of the node would cause one handshake for every waiting request, and a longer stall.
final class ConnectRateLimiter {

  /// With fewer connections in total, sustained demand is not limited.
  static final int MAX_UNLIMITED_CONNECTIONS = 256;

  /// Demand for a host that lasts longer than this is sustained.
  static final long MIN_SUSTAINED_DEMAND_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /// Minimum time between two additional connections.
  static final long MIN_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final AtomicInteger connectionCount = new AtomicInteger();
  private final AtomicLong nextPermitAt;

  ConnectRateLimiter(long now) {
    nextPermitAt = new AtomicLong(now);
  }

  /// Tries to get the permission for one additional connection.
  ///
  /// @param waitingSince since when requests to the host have waited without a break
  boolean tryAcquire(long now, long waitingSince) {
    long permitAt = nextPermitAt.get();
    return (connectionCount.get() < MAX_UNLIMITED_CONNECTIONS
            && now - waitingSince > MIN_SUSTAINED_DEMAND_NANOS)
        || (now - permitAt >= 0 && nextPermitAt.compareAndSet(permitAt, now + MIN_INTERVAL_NANOS));
  }

  /// A connection is being opened.
  void onDialStarted() {
    connectionCount.incrementAndGet();
  }

  /// A connection could not be opened, or was closed.
  void onConnectionEnded() {
    connectionCount.decrementAndGet();
  }
}
