package com.poolbrain.webhooks.transport.settings;

import com.poolbrain.webhooks.domain.address.Cidr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which addresses may be connected to, and how.
///
/// @param allowedNetworks networks that may be sent to although they are private, loopback or
///   otherwise blocked; for development
/// @param deniedNetworks networks that may not be sent to, even if they are public or allowed
/// @param allowsPlainHttp whether `http` URLs are allowed, and only at loopback addresses
/// @param proxy proxy for https connections; null for direct connections
public record EgressPolicy(
    List<Cidr> allowedNetworks,
    List<Cidr> deniedNetworks,
    boolean allowsPlainHttp,
    @Nullable EgressProxy proxy) {

  /// Copies the lists.
  public EgressPolicy {
    allowedNetworks = List.copyOf(allowedNetworks);
    deniedNetworks = List.copyOf(deniedNetworks);
  }

  /// Globally reachable addresses, https only, no proxy.
  public static EgressPolicy publicHttps() {
    return new EgressPolicy(List.of(), List.of(), false, null);
  }

  public EgressPolicy withAllowedNetworks(List<Cidr> newNetworks) {
    return new EgressPolicy(newNetworks, deniedNetworks, allowsPlainHttp, proxy);
  }

  public EgressPolicy withDeniedNetworks(List<Cidr> newNetworks) {
    return new EgressPolicy(allowedNetworks, newNetworks, allowsPlainHttp, proxy);
  }

  public EgressPolicy withPlainHttp(boolean allowed) {
    return new EgressPolicy(allowedNetworks, deniedNetworks, allowed, proxy);
  }

  public EgressPolicy withProxy(EgressProxy newProxy) {
    return new EgressPolicy(allowedNetworks, deniedNetworks, allowsPlainHttp, newProxy);
  }
}
