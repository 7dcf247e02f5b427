package com.poolbrain.webhooks.transport;

import java.util.concurrent.atomic.AtomicInteger;

/// How many connections are kept over all hosts, and how many may be.
final class IdleLimits {

  private final ConnectionSettings settings;
  private final AtomicInteger kept = new AtomicInteger();

  IdleLimits(ConnectionSettings settings) {
    this.settings = settings;
  }

  /// Whether one more is kept by a host that keeps so many.
  boolean keep(int atHost) {
    if (atHost >= settings.idlePerHost() || kept.get() >= settings.idleInAll()) {
      return false;
    }
    kept.incrementAndGet();
    return true;
  }

  /// One is kept no longer.
  void release() {
    kept.decrementAndGet();
  }

  /// How long one is kept.
  long millis() {
    return settings.idleTimeout().toMillis();
  }
}
