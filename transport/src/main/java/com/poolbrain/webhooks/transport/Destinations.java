package com.poolbrain.webhooks.transport;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where requests may go, and by which way.
///
/// @param allowedNetworks addresses that may be sent to although they are private, loopback or
///   otherwise refused; for development
/// @param plainHttp whether `http` URLs are sent to, and then at loopback addresses only
/// @param proxy what https connections are made through, if they are not made directly
public record Destinations(
    List<Cidr> allowedNetworks, boolean plainHttp, @Nullable EgressProxy proxy) {

  /// Refuses nothing.
  public Destinations {
    allowedNetworks = List.copyOf(allowedNetworks);
  }

  /// Public addresses, https only, no proxy.
  public static Destinations publicHttps() {
    return new Destinations(List.of(), false, null);
  }
}
