package com.poolbrain.webhooks.transport.tls;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.transport.failure.RejectedCertificateException;
import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/// Verifies the certificate chain and host name of servers by the rules of the JDK, and classifies
/// what was rejected.
public final class CertificateVerifier extends X509ExtendedTrustManager {

  private final X509ExtendedTrustManager delegate;

  private CertificateVerifier(X509ExtendedTrustManager delegate) {
    this.delegate = delegate;
  }

  /// A verifier that trusts the certificate authorities of the JDK and the given ones.
  static CertificateVerifier trusting(List<X509Certificate> extraCaCertificates) {
    return new CertificateVerifier(TrustedAuthorities.load(extraCaCertificates));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
      throws CertificateException {
    try {
      delegate.checkServerTrusted(chain, keyType, engine);
    } catch (CertificateException rejected) {
      throw explainRejection(chain, keyType, rejected);
    }
  }

  /// Repeats the check without the host name. If it passes, the host name was wrong.
  private RejectedCertificateException explainRejection(
      X509Certificate[] chain, String keyType, CertificateException rejected) {
    try {
      delegate.checkServerTrusted(chain, keyType);
      return new RejectedCertificateException(
          ErrorClass.TLS_HOSTNAME, RejectionText.otherHost(chain[0]), rejected);
    } catch (CertificateException chainRejected) {
      for (@Nullable Throwable cause = chainRejected; cause != null; cause = cause.getCause()) {
        if (cause instanceof CertificateExpiredException) {
          return new RejectedCertificateException(
              ErrorClass.TLS_EXPIRED, RejectionText.expired(chain), rejected);
        }
        if (cause instanceof CertificateNotYetValidException) {
          return new RejectedCertificateException(
              ErrorClass.TLS_EXPIRED, RejectionText.notYetValid(chain), rejected);
        }
      }
      return new RejectedCertificateException(
          ErrorClass.TLS_UNTRUSTED, RejectionText.untrusted(chain), rejected);
    }
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyType, Socket socket)
      throws CertificateException {
    throw hostRequired();
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String keyType)
      throws CertificateException {
    throw hostRequired();
  }

  private static CertificateException hostRequired() {
    return new CertificateException(
        "the host name of the server can't be verified without an SSL engine");
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType, Socket socket)
      throws CertificateException {
    delegate.checkClientTrusted(chain, keyType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType, SSLEngine engine)
      throws CertificateException {
    delegate.checkClientTrusted(chain, keyType, engine);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String keyType)
      throws CertificateException {
    delegate.checkClientTrusted(chain, keyType);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return delegate.getAcceptedIssuers();
  }
}
