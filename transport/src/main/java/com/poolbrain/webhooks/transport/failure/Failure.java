package com.poolbrain.webhooks.transport.failure;

import com.poolbrain.webhooks.domain.ErrorClass;
import org.jspecify.annotations.Nullable;

/// Why an exchange failed.
///
/// @param detail what failed, in one or two sentences for the owner of the endpoint; null if the
///   error class says it all
public record Failure(ErrorClass error, @Nullable String detail) {

  private static final int MAX_DETAIL_LENGTH = 500;

  /// Makes the detail printable, because it may quote the other side.
  public Failure {
    detail = detail == null ? null : PrintableText.of(detail, MAX_DETAIL_LENGTH);
  }

  /// A failure that the error class describes.
  public Failure(ErrorClass error) {
    this(error, null);
  }

  /// A failure of a connection whose server has asked for a client certificate.
  ///
  /// @param cause how the server ended the connection
  public static Failure clientCertificateRequired(String cause) {
    return new Failure(
        ErrorClass.TLS_OTHER,
        "The server asks for a client certificate, which webhooks do not have. " + cause);
  }
}
