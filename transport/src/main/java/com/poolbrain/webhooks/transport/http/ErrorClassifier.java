package com.poolbrain.webhooks.transport.http;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.transport.tls.CertificateVerifier;
import io.netty.handler.proxy.ProxyConnectException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Maps exceptions of a connection to error classes.
public final class ErrorClassifier {

  private static final Logger LOG = LoggerFactory.getLogger(ErrorClassifier.class);

  /// Netty's message for a peer that closed the connection during the handshake without an alert.
  private static final String CLOSED_IN_HANDSHAKE = "Connection closed while SSL/TLS handshake";

  private ErrorClassifier() {}

  /// The class of a failure to open a connection.
  public static ErrorClass classifyConnectFailure(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case CertificateVerifier.RejectedCertificateException rejected -> {
          return rejected.error();
        }
        case ProxyConnectException _, NoRouteToHostException _ -> {
          return ErrorClass.CONNECT_REFUSED;
        }
        case ConnectException tcp -> {
          return messageContains(tcp, "timed out")
              ? ErrorClass.CONNECT_TIMEOUT
              : ErrorClass.CONNECT_REFUSED;
        }
        case SocketException tcp when messageContains(tcp, "unreachable") -> {
          return ErrorClass.CONNECT_REFUSED;
        }
        default -> {}
      }
    }
    return classifyExchangeFailure(failure);
  }

  /// The class of a failure on an open connection.
  static ErrorClass classifyExchangeFailure(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return messageContains(cause, CLOSED_IN_HANDSHAKE) || hasNonTlsIoCause(cause)
            ? ErrorClass.CONNECTION_RESET
            : ErrorClass.TLS_OTHER;
      }
      if (cause instanceof IOException) {
        return ErrorClass.CONNECTION_RESET;
      }
    }
    LOG.warn(
        "unknown failure of a connection; the attempt is recorded as connection_reset", failure);
    return ErrorClass.CONNECTION_RESET;
  }

  private static boolean hasNonTlsIoCause(Throwable tls) {
    for (@Nullable Throwable cause = tls.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException && !(cause instanceof SSLException)) {
        return true;
      }
    }
    return false;
  }

  private static boolean messageContains(Throwable failure, String text) {
    return failure.getMessage() != null && failure.getMessage().contains(text);
  }
}
