package com.poolbrain.webhooks.cli.listen;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// What an HTTPS server shows and keeps, as PEM.
///
/// @param caCertificate the certificate that clients have to trust
/// @param certificate the server's own certificate, signed by the authority
/// @param privateKey the server's private key
public record ServerCertificate(String caCertificate, String certificate, String privateKey) {

  /// The TLS of a server that is this.
  ///
  /// @throws GeneralSecurityException if a text is not what it should be
  public SSLContext sslContext() throws GeneralSecurityException {
    char[] password = {};
    KeyStore keyStore = KeyStore.getInstance("PKCS12");
    try {
      keyStore.load(null, password);
    } catch (IOException e) {
      throw new IllegalStateException("An empty key store needs no reading.", e);
    }
    Certificate[] chain = {Pem.parseCertificate(certificate)};
    keyStore.setKeyEntry("server", Pem.parsePrivateKey(privateKey), password, chain);
    KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
    keyManagers.init(keyStore, password);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keyManagers.getKeyManagers(), null, null);
    return context;
  }

  @Override
  public String toString() {
    return "Identity[hidden]";
  }
}
