package com.poolbrain.webhooks.transport.settings;

import java.time.Duration;

/// Limits and timeouts of connections.
///
/// @param connectTimeout for TCP and TLS together; part of the timeout of the whole exchange
/// @param idleTimeout after which an unused connection is closed
/// @param maxIdlePerHost idle connections kept for one host
/// @param maxIdleTotal idle connections kept over all hosts
/// @param eventLoopThreads threads for network I/O
public record ConnectionSettings(
    Duration connectTimeout,
    Duration idleTimeout,
    int maxIdlePerHost,
    int maxIdleTotal,
    int eventLoopThreads) {

  /// Validates the values.
  public ConnectionSettings {
    if (!connectTimeout.isPositive() || !idleTimeout.isPositive()) {
      throw new IllegalArgumentException("connect timeout and idle timeout must be positive");
    }
    if (maxIdlePerHost < 0 || maxIdleTotal < 0) {
      throw new IllegalArgumentException("the numbers of idle connections must not be negative");
    }
    if (eventLoopThreads < 1) {
      throw new IllegalArgumentException("there must be at least one event loop thread");
    }
  }

  /// 5 s to connect, 30 s idle, 4,000 idle connections without a limit per host, and one event loop
  /// thread for two processors. Publishers and the database need the other processors.
  public static ConnectionSettings defaults() {
    int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
    return new ConnectionSettings(
        Duration.ofSeconds(5), Duration.ofSeconds(30), 4_000, 4_000, threads);
  }

  public ConnectionSettings withTimeouts(Duration newConnectTimeout, Duration newIdleTimeout) {
    return new ConnectionSettings(
        newConnectTimeout, newIdleTimeout, maxIdlePerHost, maxIdleTotal, eventLoopThreads);
  }
}
