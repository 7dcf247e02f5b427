package com.poolbrain.webhooks.transport.settings;

import com.poolbrain.webhooks.domain.address.Cidr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Which addresses may be connected to, and how.
///
/// @param allowedNetworks networks that may be sent to although they are private, loopback or
///   otherwise blocked; for development
/// @param allowsPlainHttp whether `http` URLs are allowed, and only at loopback addresses
/// @param proxy proxy for https connections; null for direct connections
public record EgressPolicy(
    List<Cidr> allowedNetworks, boolean allowsPlainHttp, @Nullable EgressProxy proxy) {

  /// Copies the list.
  public EgressPolicy {
    allowedNetworks = List.copyOf(allowedNetworks);
  }

  /// Globally reachable addresses, https only, no proxy.
  public static EgressPolicy publicHttps() {
    return new EgressPolicy(List.of(), false, null);
  }
}
