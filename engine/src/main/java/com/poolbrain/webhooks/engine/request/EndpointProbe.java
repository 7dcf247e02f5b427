package com.poolbrain.webhooks.engine.request;

import com.poolbrain.webhooks.domain.ErrorClass;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// Looks at the URL of an endpoint without sending a request: resolves its host, checks the
/// addresses, connects, and does the TLS handshake.
public interface EndpointProbe {

  /// Probes a URL and returns within the timeout, whatever the server does. Every failure is a
  /// value; an exception is a bug.
  ///
  /// @param url that the rules of endpoints allow
  /// @throws InterruptedException if the calling thread is interrupted
  Result probe(URI url, Duration timeout) throws InterruptedException;

  /// What a probe found.
  sealed interface Result {

    /// A connection was opened.
    ///
    /// @param certificateExpiresAt of the server's certificate; null without TLS
    record Connected(InetAddress address, @Nullable Instant certificateExpiresAt)
        implements Result {}

    /// No connection was opened.
    ///
    /// @param detail what failed, in one or two sentences; null if the error class says it all
    /// @param address that was tried last; null if there was none
    record Failed(ErrorClass error, @Nullable String detail, @Nullable InetAddress address)
        implements Result {}
  }
}
