package com.poolbrain.webhooks.transport.failure;

import com.poolbrain.webhooks.domain.ErrorClass;
import io.netty.handler.ssl.SslClosedEngineException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Maps exceptions of a connection to failures.
public final class ErrorClassifier {

  private static final Logger LOG = LoggerFactory.getLogger(ErrorClassifier.class);

  /// Netty's message for a peer that closed the connection during the handshake without an alert.
  private static final String CLOSED_IN_HANDSHAKE = "Connection closed while SSL/TLS handshake";

  private ErrorClassifier() {}

  /// The failure to open a connection.
  public static Failure classifyConnectFailure(Throwable failure) {
    RejectedCertificateException rejected = find(failure, RejectedCertificateException.class);
    if (rejected != null) {
      return rejected.failure();
    }
    ClientCertificateRequiredException required =
        find(failure, ClientCertificateRequiredException.class);
    if (required != null) {
      return required.failure();
    }
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      switch (cause) {
        case NoRouteToHostException _ -> {
          return new Failure(ErrorClass.CONNECT_REFUSED, "There is no route to the address.");
        }
        case ConnectException tcp -> {
          return messageContains(tcp, "timed out")
              ? new Failure(ErrorClass.CONNECT_TIMEOUT)
              : new Failure(ErrorClass.CONNECT_REFUSED);
        }
        case SocketException tcp when messageContains(tcp, "unreachable") -> {
          return new Failure(ErrorClass.CONNECT_REFUSED, "The network can't be reached.");
        }
        default -> {}
      }
    }
    return classifyExchangeFailure(failure);
  }

  /// The failure of an open connection.
  public static Failure classifyExchangeFailure(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SSLException) {
        return isClosedConnection(cause)
            ? new Failure(
                ErrorClass.CONNECTION_RESET, "The connection was closed during the TLS handshake.")
            : new Failure(ErrorClass.TLS_OTHER, cause.getMessage());
      }
      if (cause instanceof IOException) {
        return new Failure(ErrorClass.CONNECTION_RESET, cause.getMessage());
      }
    }
    LOG.warn(
        "unknown failure of a connection; the attempt is recorded as connection_reset", failure);
    return new Failure(ErrorClass.CONNECTION_RESET);
  }

  private static boolean isClosedConnection(Throwable tls) {
    return tls instanceof SslClosedEngineException
        || messageContains(tls, CLOSED_IN_HANDSHAKE)
        || hasNonTlsIoCause(tls);
  }

  private static boolean hasNonTlsIoCause(Throwable tls) {
    for (@Nullable Throwable cause = tls.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof IOException && !(cause instanceof SSLException)) {
        return true;
      }
    }
    return false;
  }

  private static <T extends Throwable> @Nullable T find(Throwable failure, Class<T> type) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (type.isInstance(cause)) {
        return type.cast(cause);
      }
    }
    return null;
  }

  private static boolean messageContains(Throwable failure, String text) {
    return failure.getMessage() != null && failure.getMessage().contains(text);
  }
}
