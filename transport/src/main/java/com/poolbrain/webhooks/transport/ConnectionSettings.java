package com.poolbrain.webhooks.transport;

import java.time.Duration;

/// How connections are made and kept.
///
/// @param connectTimeout for TCP and TLS together, out of the time of the whole exchange
/// @param idleTimeout how long a connection is kept that nothing is sent on
/// @param maxIdlePerHost connections kept for one host
/// @param maxIdleTotal connections kept over all hosts
/// @param eventLoopThreads threads that move bytes
public record ConnectionSettings(
    Duration connectTimeout,
    Duration idleTimeout,
    int maxIdlePerHost,
    int maxIdleTotal,
    int eventLoopThreads) {

  /// Refuses what could send nothing.
  public ConnectionSettings {
    if (!connectTimeout.isPositive() || !idleTimeout.isPositive()) {
      throw new IllegalArgumentException("the times of a connection are above zero");
    }
    if (maxIdlePerHost < 0 || maxIdleTotal < 0) {
      throw new IllegalArgumentException("no fewer than zero connections can be kept");
    }
    if (eventLoopThreads < 1) {
      throw new IllegalArgumentException("at least one event loop moves the bytes");
    }
  }

  /// 5 s to connect, 30 s idle, 4,000 kept, as many of them for one host as come back from it; an
  /// event loop for each two processors, for publishers and the database need the others.
  public static ConnectionSettings standard() {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return new ConnectionSettings(
        Duration.ofSeconds(5), Duration.ofSeconds(30), 4_000, 4_000, threads);
  }
}
