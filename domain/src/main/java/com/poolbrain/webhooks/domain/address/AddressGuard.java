package com.poolbrain.webhooks.domain.address;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Decides which addresses may be sent to: globally reachable ones, and those of allowed networks.
/// Never those of denied networks.
///
/// Customers choose the URLs of endpoints. Without this check a URL could reach the service itself,
/// other hosts of its network, or the metadata service of its cloud (SSRF).
public final class AddressGuard {

  /// Not globally reachable, or not unicast (IANA special-purpose address registry, RFC 6890).
  private static final List<Cidr> REFUSED_V4 =
      parseAll(
          "0.0.0.0/8", // this network
          "10.0.0.0/8", // private
          "100.64.0.0/10", // carrier-grade NAT
          "127.0.0.0/8", // loopback
          "169.254.0.0/16", // link-local, with the metadata services
          "172.16.0.0/12", // private
          "192.0.0.0/24", // IETF protocols
          "192.0.2.0/24", // documentation
          "192.31.196.0/24", // AS112
          "192.52.193.0/24", // AMT
          "192.88.99.0/24", // 6to4 relays
          "192.168.0.0/16", // private
          "192.175.48.0/24", // AS112
          "198.18.0.0/15", // benchmarking
          "198.51.100.0/24", // documentation
          "203.0.113.0/24", // documentation
          "224.0.0.0/4", // multicast
          "240.0.0.0/4"); // reserved, and broadcast

  private static final Cidr GLOBAL_V6 = Cidr.parse("2000::/3");

  /// Parts of global unicast that embed other addresses, or are not assigned to hosts.
  private static final List<Cidr> REFUSED_V6 =
      parseAll(
          "2001::/23", // IETF protocols: Teredo, benchmarking, ORCHID
          "2001:db8::/32", // documentation
          "2002::/16", // 6to4
          "2620:4f:8000::/48", // AS112
          "3fff::/20"); // documentation

  /// An IPv4 address behind a translator (RFC 6052); judged by that address.
  private static final Cidr NAT64 = Cidr.parse("64:ff9b::/96");

  private final List<Cidr> allowed;
  private final List<Cidr> denied;

  /// @param allowed networks that may be sent to although they are not globally reachable
  /// @param denied networks that may not be sent to, even if they are allowed
  public AddressGuard(List<Cidr> allowed, List<Cidr> denied) {
    this.allowed = List.copyOf(allowed);
    this.denied = List.copyOf(denied);
  }

  private static List<Cidr> parseAll(String... texts) {
    return Stream.of(texts).map(Cidr::parse).toList();
  }

  public boolean allows(InetAddress address) {
    return allows(address.getAddress());
  }

  boolean allows(byte[] address) {
    if (isIpv4Mapped(address)) {
      return allows(embeddedIpv4(address));
    }
    if (isDenied(address)) {
      return false;
    }
    if (isInAny(allowed, address)) {
      return true;
    }
    if (address.length == 4) {
      return !isInAny(REFUSED_V4, address);
    }
    if (NAT64.contains(address)) {
      return allows(embeddedIpv4(address));
    }
    return GLOBAL_V6.contains(address) && !isInAny(REFUSED_V6, address);
  }

  private boolean isDenied(byte[] address) {
    return isInAny(denied, address)
        || (NAT64.contains(address) && isInAny(denied, embeddedIpv4(address)));
  }

  /// Whether it is an IPv4-mapped IPv6 address, `::ffff:0:0/96`.
  private static boolean isIpv4Mapped(byte[] address) {
    if (address.length != 16 || address[10] != -1 || address[11] != -1) {
      return false;
    }
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] embeddedIpv4(byte[] address) {
    return Arrays.copyOfRange(address, 12, 16);
  }

  private static boolean isInAny(List<Cidr> networks, byte[] address) {
    for (Cidr network : networks) {
      if (network.contains(address)) {
        return true;
      }
    }
    return false;
  }
}
