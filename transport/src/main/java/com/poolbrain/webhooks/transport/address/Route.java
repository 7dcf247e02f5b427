package com.poolbrain.webhooks.transport.address;

import com.poolbrain.webhooks.domain.address.AddressText;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/// A host at one checked address. Requests with equal routes can share connections.
public record Route(boolean tls, String host, int port, InetAddress address) {

  /// Removes the name from the address. A proxy must be asked for the checked address, not for a
  /// name that it would resolve again.
  public Route {
    address = AddressText.toInetAddress(address.getAddress());
  }

  public InetSocketAddress socketAddress() {
    return new InetSocketAddress(address, port);
  }
}
