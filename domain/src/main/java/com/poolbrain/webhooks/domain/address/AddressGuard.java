package com.poolbrain.webhooks.domain.address;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Decides which addresses may be sent to: globally reachable ones, and those of allowed networks.
/// Never those of denied networks.
///
/// Customers choose the URLs of endpoints. Without this check a URL could reach the service itself,
/// other hosts of its network, or the metadata service of its cloud (SSRF). An address is checked
/// when an endpoint is saved, and addresses and names again when they are connected to.
public final class AddressGuard {

  private final List<Cidr> allowed;
  private final List<Cidr> denied;

  /// @param allowed networks that may be sent to although they are not globally reachable
  /// @param denied networks that may not be sent to, even if they are allowed
  public AddressGuard(List<Cidr> allowed, List<Cidr> denied) {
    this.allowed = List.copyOf(allowed);
    this.denied = List.copyOf(denied);
  }

  /// Whether an address may be sent to.
  public boolean allows(InetAddress address) {
    return findRefusal(address) == null;
  }

  /// Why an address may not be sent to, in words that follow "which is"; null if it may.
  public @Nullable String findRefusal(InetAddress address) {
    return findRefusal(address.getAddress());
  }

  @Nullable String findRefusal(byte[] address) {
    if (EmbeddedIpv4.isMapped(address)) {
      return findRefusal(EmbeddedIpv4.last(address));
    }
    if (isDenied(address)) {
      return "blocked by this service";
    }
    if (isInAny(allowed, address)) {
      return null;
    }
    return EmbeddedIpv4.isTranslated(address)
        ? findRefusal(EmbeddedIpv4.last(address))
        : SpecialNetworks.describe(address);
  }

  private boolean isDenied(byte[] address) {
    if (isInAny(denied, address)) {
      return true;
    }
    for (byte[] embedded : EmbeddedIpv4.of(address)) {
      if (isInAny(denied, embedded)) {
        return true;
      }
    }
    return false;
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
