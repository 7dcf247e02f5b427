package com.poolbrain.webhooks.transport.settings;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;

/// Certificate authorities from a PEM file.
public final class CaCertificates {

  private CaCertificates() {}

  /// All certificates of a PEM file.
  ///
  /// @throws IllegalArgumentException if the file can't be read or has no certificate; the message
  ///   is for the operator
  public static List<X509Certificate> read(Path pem) {
    try (InputStream in = Files.newInputStream(pem)) {
      List<X509Certificate> certificates =
          CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
              .map(X509Certificate.class::cast)
              .toList();
      if (certificates.isEmpty()) {
        throw new IllegalArgumentException(pem + " holds no certificate");
      }
      return certificates;
    } catch (IOException unreadable) {
      throw new IllegalArgumentException(pem + " can't be read", unreadable);
    } catch (CertificateException notPem) {
      throw new IllegalArgumentException(pem + " is not a PEM file of certificates", notPem);
    }
  }
}
