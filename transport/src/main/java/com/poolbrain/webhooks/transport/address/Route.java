package com.poolbrain.webhooks.transport.address;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// What connections can be shared for: the same host at the same checked address.
public record Route(boolean tls, String host, int port, InetAddress address) {

  /// Forgets the name that the address was found by: a proxy must be asked for the address that was
  /// checked, never for a name that it would look up again.
  public Route {
    address = AddressText.toInetAddress(address.getAddress());
  }

  public InetSocketAddress socketAddress() {
    return new InetSocketAddress(address, port);
  }
}
