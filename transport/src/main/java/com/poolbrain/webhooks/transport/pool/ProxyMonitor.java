package com.poolbrain.webhooks.transport.pool;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.transport.failure.Failure;
import com.poolbrain.webhooks.transport.settings.EgressProxy;
import io.netty.handler.proxy.ProxyConnectException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides whether the egress proxy or the endpoint is the cause of a failed tunnel, and logs the
/// failures of the proxy, at most once a minute.
///
/// Proxies answer 5xx also when the host of the endpoint is dead. So a 5xx is a failure of the
/// proxy only while the proxy has opened no connection to any host for a while.
final class ProxyMonitor {

  private static final Logger LOG = LoggerFactory.getLogger(ProxyMonitor.class);

  private static final Duration MAX_TIME_WITHOUT_TUNNEL = Duration.ofSeconds(10);
  private static final Duration LOG_INTERVAL = Duration.ofMinutes(1);

  private final EgressProxy proxy;
  private final InstantSource clock;
  private volatile Instant lastTunnelAt = Instant.MIN;
  private @Nullable Instant lastLoggedAt;
  private long unloggedFailures;

  ProxyMonitor(EgressProxy proxy, InstantSource clock) {
    this.proxy = proxy;
    this.clock = clock;
  }

  /// The proxy has opened a connection to the host of an endpoint.
  void onTunnelOpened() {
    lastTunnelAt = clock.instant();
  }

  /// The failure that a failed tunnel means.
  Failure classify(ProxyConnectException failed) {
    if (failed instanceof ProxyRefusedException refused) {
      String detail = "The egress proxy did not open the connection. " + refused.getMessage() + ".";
      return refused.status() >= 500 && refused.status() < 600 && hasOpenedTunnelRecently()
          ? new Failure(
              refused.status() == 504 ? ErrorClass.CONNECT_TIMEOUT : ErrorClass.CONNECT_REFUSED,
              detail)
          : proxyFailed(detail);
    }
    Throwable cause = failed.getCause();
    return cause == null
        ? proxyFailed("The egress proxy closed the connection or did not answer with HTTP.")
        : proxyFailed("The connection to the egress proxy failed.", " " + cause.getMessage() + ".");
  }

  private boolean hasOpenedTunnelRecently() {
    return lastTunnelAt.isAfter(clock.instant().minus(MAX_TIME_WITHOUT_TUNNEL));
  }

  /// The failure of a proxy that can't be used.
  Failure proxyFailed(String detail) {
    return proxyFailed(detail, "");
  }

  /// @param cause for the log alone, because it may have the address of the proxy
  private Failure proxyFailed(String detail, String cause) {
    log(detail + cause);
    return new Failure(ErrorClass.PROXY, detail);
  }

  private synchronized void log(String detail) {
    Instant now = clock.instant();
    if (lastLoggedAt != null && now.isBefore(lastLoggedAt.plus(LOG_INTERVAL))) {
      unloggedFailures++;
      return;
    }
    LOG.warn(
        "Attempts fail because of the egress proxy {} (WEBHOOKS_EGRESS_PROXY): {}{}",
        proxy,
        detail,
        unloggedFailures == 0
            ? ""
            : " " + unloggedFailures + " more attempts failed by it since the last such line.");
    lastLoggedAt = now;
    unloggedFailures = 0;
  }
}
