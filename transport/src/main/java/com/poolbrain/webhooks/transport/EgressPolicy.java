package com.poolbrain.webhooks.transport;

import com.poolbrain.webhooks.transport.address.Cidr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where requests may go, and by which way.
///
/// @param allowedNetworks addresses that may be sent to although they are private, loopback or
///   otherwise refused; for development
/// @param allowsPlainHttp whether `http` URLs are sent to, and then at loopback addresses only
/// @param proxy what https connections are made through, if they are not made directly
public record EgressPolicy(
    List<Cidr> allowedNetworks, boolean allowsPlainHttp, @Nullable EgressProxy proxy) {

  /// Refuses nothing.
  public EgressPolicy {
    allowedNetworks = List.copyOf(allowedNetworks);
  }

  /// Public addresses, https only, no proxy.
  public static EgressPolicy publicHttps() {
    return new EgressPolicy(List.of(), false, null);
  }
}
