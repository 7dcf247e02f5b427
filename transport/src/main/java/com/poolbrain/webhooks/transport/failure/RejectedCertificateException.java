package com.poolbrain.webhooks.transport.failure;

import com.poolbrain.webhooks.domain.ErrorClass;
import java.security.cert.CertificateException;

/// A rejected server certificate, with its error class.
public final class RejectedCertificateException extends CertificateException {

  private static final long serialVersionUID = 1;

  private final ErrorClass error;

  /// @param detail what is wrong with the certificate, in one sentence
  public RejectedCertificateException(ErrorClass error, String detail, CertificateException cause) {
    super(detail, cause);
    this.error = error;
  }

  Failure failure() {
    return new Failure(error, getMessage());
  }
}
