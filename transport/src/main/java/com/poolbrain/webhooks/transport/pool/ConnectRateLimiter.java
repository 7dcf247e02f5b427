package com.poolbrain.webhooks.transport.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// How fast connections are made that could be done without, over all hosts: those to hosts that
/// have some. They are made now and then; but while there are few connections in all, who keeps
/// wanting them gets them at once. Else what holds up the whole node for a moment would be answered
/// with a handshake for each delivery that waits, and that would hold it up for longer.
final class ConnectRateLimiter {

  /// Fewer connections than this are few.
  static final int MAX_UNLIMITED_CONNECTIONS = 256;

  /// Who wants them for longer than this keeps wanting them.
  static final long MIN_SUSTAINED_DEMAND_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  /// Now and then is one in this time.
  static final long MIN_INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final AtomicInteger connectionCount = new AtomicInteger();
  private final AtomicLong nextPermitAt;

  ConnectRateLimiter(long now) {
    nextPermitAt = new AtomicLong(now);
  }

  /// Takes the permission to make one.
  ///
  /// @param waitingSince since when there was always somebody who waited for a connection to that
  ///   host
  /// @return whether it is granted
  boolean tryAcquire(long now, long waitingSince) {
    long permitAt = nextPermitAt.get();
    return (connectionCount.get() < MAX_UNLIMITED_CONNECTIONS
            && now - waitingSince > MIN_SUSTAINED_DEMAND_NANOS)
        || (now - permitAt >= 0 && nextPermitAt.compareAndSet(permitAt, now + MIN_INTERVAL_NANOS));
  }

  /// One is being made.
  void onDialStarted() {
    connectionCount.incrementAndGet();
  }

  /// One could not be made, or is closed.
  void onConnectionEnded() {
    connectionCount.decrementAndGet();
  }
}
