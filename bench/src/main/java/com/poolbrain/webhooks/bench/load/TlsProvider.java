package com.poolbrain.webhooks.bench.load;

import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslProvider;

/// Whose TLS the bench speaks, whatever it measures: what costs least.
public final class TlsProvider {

  private TlsProvider() {}

  /// BoringSSL if its library is there for this machine, else the JDK.
  public static SslProvider preferred() {
    return OpenSsl.isAvailable() ? SslProvider.OPENSSL_REFCNT : SslProvider.JDK;
  }
}
