package com.poolbrain.webhooks.cli.listen;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/// Certificate and key of an HTTPS server, as PEM.
///
/// @param caCertificate the certificate that clients must trust
/// @param certificate the server's certificate, signed by the CA
/// @param privateKey the server's private key
public record ServerCertificate(String caCertificate, String certificate, String privateKey) {

  /// TLS for a server with this certificate.
  ///
  /// @throws IllegalStateException if a text is not valid PEM
  public SSLContext sslContext() {
    try {
      char[] password = {};
      KeyStore keyStore = KeyStore.getInstance("PKCS12");
      keyStore.load(null, password);
      Certificate[] chain = {Pem.parseCertificate(certificate)};
      keyStore.setKeyEntry("server", Pem.parsePrivateKey(privateKey), password, chain);
      KeyManagerFactory keyManagers = KeyManagerFactory.getInstance("PKIX");
      keyManagers.init(keyStore, password);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keyManagers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the server certificate is not valid PEM", e);
    }
  }

  @Override
  public String toString() {
    return "ServerCertificate[hidden]";
  }
}
