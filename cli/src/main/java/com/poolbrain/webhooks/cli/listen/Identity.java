package com.poolbrain.webhooks.cli.listen;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// What an HTTPS server shows and keeps, as PEM.
///
/// @param authority the certificate that clients have to trust
/// @param certificate the server's own certificate, signed by the authority
/// @param key the server's private key
public record Identity(String authority, String certificate, String key) {

  /// The TLS of a server that is this.
  ///
  /// @throws GeneralSecurityException if a text is not what it should be
  public SSLContext tls() throws GeneralSecurityException {
    char[] password = {};
    KeyStore store = KeyStore.getInstance("PKCS12");
    try {
      store.load(null, password);
    } catch (IOException e) {
      throw new IllegalStateException("An empty key store needs no reading.", e);
    }
    Certificate[] chain = {Pem.parseCertificate(certificate)};
    store.setKeyEntry("server", Pem.parsePrivateKey(key), password, chain);
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, password);
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    return tls;
  }

  @Override
  public String toString() {
    return "Identity[hidden]";
  }
}
