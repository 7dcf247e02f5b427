package com.poolbrain.webhooks.transport;

import com.poolbrain.webhooks.domain.ErrorClass;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Verifies chain and host name of servers as the JDK does, and says which of the two was wrong.
final class CertificateVerifier extends X509ExtendedTrustManager {

  /// A certificate that was refused, with the class of failure that this is.
  static final class Refused extends CertificateException {

    private static final long serialVersionUID = 1;

    private final ErrorClass error;

    Refused(ErrorClass error, CertificateException cause) {
      super(cause.getMessage(), cause);
      this.error = error;
    }

    ErrorClass error() {
      return error;
    }
  }

  private final X509ExtendedTrustManager jdk;

  private CertificateVerifier(X509ExtendedTrustManager jdk) {
    this.jdk = jdk;
  }

  /// Trusts the authorities of the JDK and the given ones.
  static CertificateVerifier trusting(List<X509Certificate> extraAuthorities) {
    try {
      if (extraAuthorities.isEmpty()) {
        return new CertificateVerifier(verifier(null));
      }
      KeyStore all = KeyStore.getInstance("PKCS12");
      all.load(null, null);
      int number = 0;
      for (X509Certificate known : verifier(null).getAcceptedIssuers()) {
        all.setCertificateEntry("jdk-" + number++, known);
      }
      for (X509Certificate extra : extraAuthorities) {
        all.setCertificateEntry("extra-" + number++, extra);
      }
      return new CertificateVerifier(verifier(all));
    } catch (GeneralSecurityException | IOException broken) {
      throw new IllegalStateException("the JDK's trust store can't be read", broken);
    }
  }

  private static X509ExtendedTrustManager verifier(@Nullable KeyStore authorities)
      throws GeneralSecurityException {
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(authorities);
    for (TrustManager manager : factory.getTrustManagers()) {
      if (manager instanceof X509ExtendedTrustManager verifier) {
        return verifier;
      }
    }
    throw new GeneralSecurityException("no X.509 trust manager");
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
      throws CertificateException {
    try {
      jdk.checkServerTrusted(chain, keyType, engine);
    } catch (CertificateException refused) {
      throw new Refused(why(chain, keyType), refused);
    }
  }

  /// The same check without the host: if it passes, the host was wrong.
  private ErrorClass why(X509Certificate[] chain, String keyType) {
    try {
      jdk.checkServerTrusted(chain, keyType);
      return ErrorClass.TLS_HOSTNAME;
    } catch (CertificateException chainRefused) {
      for (@Nullable Throwable cause = chainRefused; cause != null; cause = cause.getCause()) {
        if (cause instanceof CertificateExpiredException
            || cause instanceof CertificateNotYetValidException) {
          return ErrorClass.TLS_EXPIRED;
        }
      }
      return ErrorClass.TLS_UNTRUSTED;
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyType, Socket socket)
      throws CertificateException {
    throw withoutHost();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyType)
      throws CertificateException {
    throw withoutHost();
  }

  private static CertificateException withoutHost() {
    return new CertificateException("a server is never trusted without its host being verified");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType, Socket socket)
      throws CertificateException {
    jdk.checkClientTrusted(chain, keyType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
      throws CertificateException {
    jdk.checkClientTrusted(chain, keyType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType)
      throws CertificateException {
    jdk.checkClientTrusted(chain, keyType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return jdk.getAcceptedIssuers();
  }
}
