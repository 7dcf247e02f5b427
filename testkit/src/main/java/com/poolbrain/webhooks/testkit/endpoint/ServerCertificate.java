package com.poolbrain.webhooks.testkit.endpoint;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// Who a server says that it is, and the key that proves it.
public record ServerCertificate(PrivateKey privateKey, List<X509Certificate> chain) {

  /// TLS for a server that is this.
  public SSLContext sslContext() {
    try {
      char[] emptyPassword = {};
      KeyStore keyStore = KeyStore.getInstance("PKCS12");
      keyStore.load(null, emptyPassword);
      keyStore.setKeyEntry(
          "server", privateKey, emptyPassword, chain.toArray(X509Certificate[]::new));
      KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
      keyManagers.init(keyStore, emptyPassword);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
