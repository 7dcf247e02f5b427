package com.poolbrain.webhooks.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/// What connections can be shared for: the same host at the same checked address.
record Route(boolean tls, String host, int port, InetAddress address) {

  InetSocketAddress socketAddress() {
    return new InetSocketAddress(address, port);
  }
}
