package com.poolbrain.webhooks.transport.pool;

import com.poolbrain.webhooks.transport.ConnectionSettings;
import java.util.concurrent.atomic.AtomicInteger;

/// How many connections are kept over all hosts, and how many may be.
final class IdleBudget {

  private final ConnectionSettings settings;
  private final AtomicInteger idleCount = new AtomicInteger();

  IdleBudget(ConnectionSettings settings) {
    this.settings = settings;
  }

  /// Whether one more is kept by a host that keeps so many.
  boolean tryAcquire(int idleAtHost) {
    if (idleAtHost >= settings.maxIdlePerHost() || idleCount.get() >= settings.maxIdleTotal()) {
      return false;
    }
    idleCount.incrementAndGet();
    return true;
  }

  /// One is kept no longer.
  void release() {
    idleCount.decrementAndGet();
  }

  /// How long one is kept.
  long maxIdleMillis() {
    return settings.idleTimeout().toMillis();
  }
}
