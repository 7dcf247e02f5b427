package com.poolbrain.webhooks.transport.settings;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// Settings of name resolution.
///
/// @param servers DNS servers in the order of use; empty for those of the operating system
/// @param queryTimeout of one query to one server
/// @param minTtl minimum time for which an answer, or the lack of one, is cached
/// @param maxTtl maximum time for which an answer is cached
/// @param maxHosts number of cached host names
public record DnsSettings(
    List<InetSocketAddress> servers,
    Duration queryTimeout,
    Duration minTtl,
    Duration maxTtl,
    int maxHosts) {

  /// Validates the values.
  public DnsSettings {
    servers = List.copyOf(servers);
    if (!queryTimeout.isPositive() || minTtl.isNegative() || maxTtl.compareTo(minTtl) < 0) {
      throw new IllegalArgumentException(
          "the query timeout must be positive, and 0 <= minimum TTL <= maximum TTL");
    }
    if (maxHosts < 1) {
      throw new IllegalArgumentException("the number of cached hosts must be at least 1");
    }
  }

  /// The servers of the operating system, 2 s per query, 10,000 hosts cached for 1 to 60 s.
  public static DnsSettings defaults() {
    return new DnsSettings(
        List.of(), Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(60), 10_000);
  }

  public DnsSettings withServers(List<InetSocketAddress> newServers) {
    return new DnsSettings(newServers, queryTimeout, minTtl, maxTtl, maxHosts);
  }

  public DnsSettings withQueryTimeout(Duration newTimeout) {
    return new DnsSettings(servers, newTimeout, minTtl, maxTtl, maxHosts);
  }
}
