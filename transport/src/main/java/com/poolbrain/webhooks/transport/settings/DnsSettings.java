package com.poolbrain.webhooks.transport.settings;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Settings of name resolution.
///
/// @param nameServers null for those of the operating system
/// @param minTtl minimum time for which an answer, or the lack of one, is cached
/// @param maxTtl maximum time for which an answer is cached
/// @param maxHosts number of cached host names
public record DnsSettings(
    @Nullable NameServers nameServers, Duration minTtl, Duration maxTtl, int maxHosts) {

  /// Validates the values.
  public DnsSettings {
    if (minTtl.isNegative() || maxTtl.compareTo(minTtl) < 0) {
      throw new IllegalArgumentException("0 <= minimum TTL <= maximum TTL must hold");
    }
    if (maxHosts < 1) {
      throw new IllegalArgumentException("the number of cached hosts must be at least 1");
    }
  }

  /// The servers of the operating system, 10,000 hosts cached for 1 to 60 s.
  public static DnsSettings defaults() {
    return new DnsSettings(null, Duration.ofSeconds(1), Duration.ofSeconds(60), 10_000);
  }

  public DnsSettings withNameServers(NameServers newNameServers) {
    return new DnsSettings(newNameServers, minTtl, maxTtl, maxHosts);
  }

  public DnsSettings withMaxHosts(int newMaxHosts) {
    return new DnsSettings(nameServers, minTtl, maxTtl, newMaxHosts);
  }
}
