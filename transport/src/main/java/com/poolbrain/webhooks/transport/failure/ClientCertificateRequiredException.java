package com.poolbrain.webhooks.transport.failure;

import javax.net.ssl.SSLException;

/// A failed handshake with a server that has asked for a client certificate.
public final class ClientCertificateRequiredException extends SSLException {

  private static final long serialVersionUID = 1;

  /// @param cause how the handshake failed
  public ClientCertificateRequiredException(Throwable cause) {
    super(String.valueOf(cause.getMessage()), cause);
  }

  Failure failure() {
    return Failure.clientCertificateRequired("The TLS handshake failed: " + getMessage());
  }
}
