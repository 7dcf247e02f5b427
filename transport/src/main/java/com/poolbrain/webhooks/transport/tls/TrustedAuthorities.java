package com.poolbrain.webhooks.transport.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// The certificate authorities of the JDK, with further ones.
public final class TrustedAuthorities {

  private TrustedAuthorities() {}

  /// A trust manager with the rules of the JDK, which verifies host names if its caller asks for
  /// it.
  public static X509ExtendedTrustManager load(List<X509Certificate> extraCaCertificates) {
    try {
      if (extraCaCertificates.isEmpty()) {
        return loadTrustManager(null);
      }
      KeyStore trustStore = KeyStore.getInstance("PKCS12");
      trustStore.load(null, null);
      int i = 0;
      for (X509Certificate jdkCa : loadTrustManager(null).getAcceptedIssuers()) {
        trustStore.setCertificateEntry("jdk-" + i++, jdkCa);
      }
      for (X509Certificate extraCa : extraCaCertificates) {
        trustStore.setCertificateEntry("extra-" + i++, extraCa);
      }
      return loadTrustManager(trustStore);
    } catch (GeneralSecurityException | IOException broken) {
      throw new IllegalStateException("the JDK's trust store can't be read", broken);
    }
  }

  private static X509ExtendedTrustManager loadTrustManager(@Nullable KeyStore trustStore)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trustStore);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager trustManager) {
        return trustManager;
      }
    }
    throw new GeneralSecurityException("no X.509 trust manager");
  }
}
