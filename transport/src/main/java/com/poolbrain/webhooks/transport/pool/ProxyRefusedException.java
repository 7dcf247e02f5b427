package com.poolbrain.webhooks.transport.pool;

import io.netty.handler.proxy.ProxyConnectException;

/// The egress proxy answered `CONNECT` with another status than 200.
final class ProxyRefusedException extends ProxyConnectException {

  private static final long serialVersionUID = 1;

  private final int status;

  /// @param reason the text beside the status
  ProxyRefusedException(int status, String reason) {
    super("It answered " + status + " " + reason);
    this.status = status;
  }

  int status() {
    return status;
  }
}
