package com.poolbrain.webhooks.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// What connections can be shared for: the same host at the same checked address.
record Route(boolean tls, String host, int port, InetAddress address) {

  /// Forgets the name that the address was found by: a proxy must be asked for the address that was
  /// checked, never for a name that it would look up again.
  Route {
    address = AddressText.of(address.getAddress());
  }

  InetSocketAddress socketAddress() {
    return new InetSocketAddress(address, port);
  }
}
