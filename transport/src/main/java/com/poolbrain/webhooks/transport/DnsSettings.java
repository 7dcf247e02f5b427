package com.poolbrain.webhooks.transport;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/// How host names become addresses.
///
/// @param servers DNS servers, asked in this order; none means those of the operating system
/// @param queryTimeout how long one server is waited for
/// @param minTtl how long an answer, or the lack of one, is kept at least
/// @param maxTtl how long an answer is kept at most
/// @param maxHosts for how many hosts answers are kept
public record DnsSettings(
    List<InetSocketAddress> servers,
    Duration queryTimeout,
    Duration minTtl,
    Duration maxTtl,
    int maxHosts) {

  /// Refuses times and numbers that make no sense.
  public DnsSettings {
    servers = List.copyOf(servers);
    if (!queryTimeout.isPositive() || minTtl.isNegative() || maxTtl.compareTo(minTtl) < 0) {
      throw new IllegalArgumentException(
          "a DNS query needs time, and answers are kept from a least to a most time");
    }
    if (maxHosts < 1) {
      throw new IllegalArgumentException("answers are kept for at least one host");
    }
  }

  /// The system's servers, 2 s for each query, kept 1 to 60 s, for 10,000 hosts.
  public static DnsSettings standard() {
    return new DnsSettings(
        List.of(), Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(60), 10_000);
  }
}
