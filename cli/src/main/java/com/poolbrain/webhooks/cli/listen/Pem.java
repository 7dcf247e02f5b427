package com.poolbrain.webhooks.cli.listen;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/// PEM encoding of certificates and elliptic-curve private keys.
final class Pem {

  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String PRIVATE_KEY = "PRIVATE KEY";

  private Pem() {}

  static String certificate(byte[] der) {
    return block(CERTIFICATE, der);
  }

  static String privateKey(byte[] der) {
    return block(PRIVATE_KEY, der);
  }

  static X509Certificate parseCertificate(String pem) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(pem.getBytes(US_ASCII)));
  }

  static PrivateKey parsePrivateKey(String pem) throws GeneralSecurityException {
    String base64 = pem.replace(header(PRIVATE_KEY), "").replace(footer(PRIVATE_KEY), "");
    byte[] der = Base64.getMimeDecoder().decode(base64);
    return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(der));
  }

  private static String block(String type, byte[] der) {
    String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return header(type) + base64 + "\n" + footer(type);
  }

  private static String header(String type) {
    return "-----BEGIN " + type + "-----\n";
  }

  private static String footer(String type) {
    return "-----END " + type + "-----\n";
  }
}
