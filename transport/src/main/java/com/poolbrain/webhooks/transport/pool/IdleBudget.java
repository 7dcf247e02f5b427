package com.poolbrain.webhooks.transport.pool;

import com.poolbrain.webhooks.transport.settings.ConnectionSettings;
import java.util.concurrent.atomic.AtomicInteger;

/// Counts and limits the idle connections of all hosts.
final class IdleBudget {

  private final ConnectionSettings settings;
  private final AtomicInteger idleCount = new AtomicInteger();

  IdleBudget(ConnectionSettings settings) {
    this.settings = settings;
  }

  /// Tries to reserve a place for one more idle connection.
  ///
  /// @param idleAtHost idle connections that the host has already
  boolean tryAcquire(int idleAtHost) {
    if (idleAtHost >= settings.maxIdlePerHost() || idleCount.get() >= settings.maxIdleTotal()) {
      return false;
    }
    idleCount.incrementAndGet();
    return true;
  }

  /// An idle connection is used or closed.
  void release() {
    idleCount.decrementAndGet();
  }

  /// How long a connection may be idle.
  long maxIdleMillis() {
    return settings.idleTimeout().toMillis();
  }
}
