package com.poolbrain.webhooks.domain.address;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The networks that are not globally reachable, or not unicast (IANA special-purpose address
/// registries, RFC 6890).
final class SpecialNetworks {

  private record SpecialNetwork(Cidr network, String description) {}

  private static final List<SpecialNetwork> IPV4 =
      parse(
          "0.0.0.0/8 an address of \"this network\"",
          "10.0.0.0/8 private",
          "100.64.0.0/10 shared by carriers (NAT)",
          "127.0.0.0/8 loopback",
          "169.254.0.0/16 link-local",
          "172.16.0.0/12 private",
          "192.0.0.0/24 reserved for protocols",
          "192.0.2.0/24 for documentation only",
          "192.31.196.0/24 reserved for AS112",
          "192.52.193.0/24 reserved for multicast tunnels",
          "192.88.99.0/24 a 6to4 relay",
          "192.168.0.0/16 private",
          "192.175.48.0/24 reserved for AS112",
          "198.18.0.0/15 for benchmarks only",
          "198.51.100.0/24 for documentation only",
          "203.0.113.0/24 for documentation only",
          "224.0.0.0/4 multicast",
          "255.255.255.255 broadcast",
          "240.0.0.0/4 reserved");

  /// The first match counts. What is outside 2000::/3 and has no entry is no global unicast either.
  private static final List<SpecialNetwork> IPV6 =
      parse(
          "::1 loopback",
          ":: unspecified",
          "::/96 an IPv4-compatible address",
          "::ffff:0:0:0/96 an IPv4-translated address",
          "64:ff9b:1::/48 behind a local translator",
          "100::/64 discarded",
          "2001::/32 a Teredo tunnel",
          "2001::/23 reserved for protocols",
          "2001:db8::/32 for documentation only",
          "2002::/16 a 6to4 tunnel",
          "2620:4f:8000::/48 reserved for AS112",
          "3fff::/20 for documentation only",
          "fc00::/7 private",
          "fe80::/10 link-local",
          "fec0::/10 site-local",
          "ff00::/8 multicast",
          "2000::/3 ",
          "::/0 not global unicast");

  private SpecialNetworks() {}

  private static List<SpecialNetwork> parse(String... lines) {
    return Stream.of(lines)
        .map(line -> line.split(" ", 2))
        .map(parts -> new SpecialNetwork(Cidr.parse(parts[0]), parts[1]))
        .toList();
  }

  /// What the network of an address is for, such as `private`; null if it is globally reachable.
  static @Nullable String describe(byte[] address) {
    for (SpecialNetwork special : address.length == 4 ? IPV4 : IPV6) {
      if (special.network.contains(address)) {
        return special.description.isEmpty() ? null : special.description;
      }
    }
    return null;
  }
}
