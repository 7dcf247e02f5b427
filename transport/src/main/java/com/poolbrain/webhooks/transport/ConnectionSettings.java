package com.poolbrain.webhooks.transport;

import java.time.Duration;

/// How connections are made and kept.
///
/// @param connectTimeout for TCP and TLS together, out of the time of the whole exchange
/// @param idleTimeout how long a connection is kept that nothing is sent on
/// @param idlePerAddress connections kept for one host at one address
/// @param idleInAll connections kept over all hosts
/// @param eventLoops threads that move bytes
public record ConnectionSettings(
    Duration connectTimeout,
    Duration idleTimeout,
    int idlePerAddress,
    int idleInAll,
    int eventLoops) {

  /// Refuses what could send nothing.
  public ConnectionSettings {
    if (!connectTimeout.isPositive() || !idleTimeout.isPositive()) {
      throw new IllegalArgumentException("the times of a connection are above zero");
    }
    if (idlePerAddress < 0 || idleInAll < 0) {
      throw new IllegalArgumentException("no fewer than zero connections can be kept");
    }
    if (eventLoops < 1) {
      throw new IllegalArgumentException("at least one event loop moves the bytes");
    }
  }

  /// 5 s to connect, 30 s idle, 64 kept per address, 4,000 in all, two event loops.
  public static ConnectionSettings standard() {
    return new ConnectionSettings(Duration.ofSeconds(5), Duration.ofSeconds(30), 64, 4_000, 2);
  }
}
