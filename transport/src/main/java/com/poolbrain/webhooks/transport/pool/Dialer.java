package com.poolbrain.webhooks.transport.pool;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.address.AddressText;
import com.poolbrain.webhooks.transport.address.CachingDnsResolver;
import com.poolbrain.webhooks.transport.address.Deadline;
import com.poolbrain.webhooks.transport.address.DnsAnswer;
import com.poolbrain.webhooks.transport.address.Route;
import com.poolbrain.webhooks.transport.failure.ErrorClassifier;
import com.poolbrain.webhooks.transport.failure.Failure;
import com.poolbrain.webhooks.transport.http.Connection;
import com.poolbrain.webhooks.transport.settings.EgressProxy;
import com.poolbrain.webhooks.transport.settings.TransportSettings;
import io.netty.handler.proxy.ProxyConnectException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Opens a connection by trying the routes to a host in their order.
public final class Dialer {

  private final TransportSettings settings;
  private final CachingDnsResolver dnsResolver;
  private final Connector connector;
  private final @Nullable EgressProxy proxy;
  private final @Nullable ProxyMonitor proxyMonitor;

  public Dialer(
      TransportSettings settings,
      CachingDnsResolver dnsResolver,
      Connector connector,
      InstantSource clock) {
    this.settings = settings;
    this.dnsResolver = dnsResolver;
    this.connector = connector;
    this.proxy = settings.egressPolicy().proxy();
    this.proxyMonitor = proxy == null ? null : new ProxyMonitor(proxy, clock);
  }

  /// Opens a connection for no exchange, which the caller closes.
  public ConnectionResult dial(List<Route> routes, Deadline deadline) throws InterruptedException {
    return dial(routes, deadline, Connection::close);
  }

  /// @param onIdle called each time the connection has completed an exchange
  ConnectionResult dial(List<Route> routes, Deadline deadline, Consumer<Connection> onIdle)
      throws InterruptedException {
    Deadline connectDeadline = deadline.cappedTo(settings.connections().connectTimeout().toNanos());
    ConnectionResult result = null;
    for (int i = 0; i < routes.size(); i++) {
      // An address that does not respond must leave the others their share of the time.
      Deadline addressDeadline =
          connectDeadline.cappedTo(connectDeadline.remainingNanos() / (routes.size() - i));
      result = dial(routes.get(i), addressDeadline, onIdle);
      if (!(result instanceof ConnectionResult.Failed(Failure failure, _))
          || !isAddressSpecific(failure.error())) {
        return result;
      }
    }
    if (result == null) {
      throw new IllegalArgumentException("there must be at least one route");
    }
    return result;
  }

  /// Whether another address of the same host may succeed.
  private static boolean isAddressSpecific(ErrorClass error) {
    return error == ErrorClass.CONNECT_REFUSED
        || error == ErrorClass.CONNECT_TIMEOUT
        || error == ErrorClass.CONNECTION_RESET;
  }

  private ConnectionResult dial(Route route, Deadline deadline, Consumer<Connection> onIdle)
      throws InterruptedException {
    if (proxy == null || proxyMonitor == null || !route.tls()) {
      return connect(route, null, null, deadline, onIdle);
    }
    return switch (resolveProxy(proxy, deadline)) {
      case ProxyAddress.Unknown(String reason) ->
          new ConnectionResult.Failed(
              proxyMonitor.proxyFailed("The egress proxy has no address. " + reason),
              route.address());
      case ProxyAddress.Known(InetSocketAddress address) ->
          connect(
              route, newProxyHandler(proxy, address, proxyMonitor), proxyMonitor, deadline, onIdle);
    };
  }

  private static ProxyConnectHandler newProxyHandler(
      EgressProxy proxy, InetSocketAddress address, ProxyMonitor monitor) {
    ProxyConnectHandler handler = new ProxyConnectHandler(proxy, address);
    var _ =
        handler
            .connectFuture()
            .addListener(tunnel -> {
              if (tunnel.isSuccess()) {
                monitor.onTunnelOpened();
              }
            });
    return handler;
  }

  private ConnectionResult connect(
      Route route,
      @Nullable ProxyConnectHandler proxyHandler,
      @Nullable ProxyMonitor monitor,
      Deadline deadline,
      Consumer<Connection> onIdle)
      throws InterruptedException {
    Connector.PendingConnection pending = connector.connect(route, proxyHandler, onIdle);
    Failure failure;
    try {
      return new ConnectionResult.Connected(
          pending.connection().get(Math.max(deadline.remainingNanos(), 0), TimeUnit.NANOSECONDS),
          false);
    } catch (ExecutionException failed) {
      failure =
          monitor == null || proxyHandler == null || proxyHandler.isConnected()
              ? ErrorClassifier.classifyConnectFailure(failed)
              : monitor.classify(proxyFailure(proxyHandler, failed));
    } catch (TimeoutException late) {
      failure =
          monitor == null || proxyHandler == null || proxyHandler.isConnected()
              ? timeout(pending)
              : monitor.proxyFailed("The egress proxy did not answer in time.");
    } catch (InterruptedException stop) {
      pending.cancel();
      throw stop;
    }
    pending.cancel();
    return new ConnectionResult.Failed(failure, route.address());
  }

  private static Failure timeout(Connector.PendingConnection pending) {
    return new Failure(
        ErrorClass.CONNECT_TIMEOUT,
        pending.channel().isActive()
            ? "The server accepted the connection, but the TLS handshake did not end in time."
            : "The server did not accept the connection in time.");
  }

  /// Why the proxy opened no connection. The handlers behind its handler may report something else,
  /// because they receive the rest of its answer.
  private static ProxyConnectException proxyFailure(
      ProxyConnectHandler proxyHandler, Throwable failure) {
    if (proxyHandler.refusal() != null) {
      return proxyHandler.refusal();
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ProxyConnectException proxyFailure) {
        return proxyFailure;
      }
    }
    return new ProxyConnectException("It closed the connection");
  }

  /// The address of the proxy, or why it has none.
  private sealed interface ProxyAddress {
    record Known(InetSocketAddress address) implements ProxyAddress {}

    record Unknown(String reason) implements ProxyAddress {}
  }

  /// The address of the proxy is not checked, because the operator chose it.
  private ProxyAddress resolveProxy(EgressProxy egressProxy, Deadline deadline)
      throws InterruptedException {
    byte @Nullable [] literal = AddressText.parse(egressProxy.host());
    if (literal != null) {
      return new ProxyAddress.Known(
          new InetSocketAddress(AddressText.toInetAddress(literal), egressProxy.port()));
    }
    DnsAnswer answer = dnsResolver.resolve(egressProxy.host(), deadline);
    return answer.addresses().isEmpty()
        ? new ProxyAddress.Unknown(String.valueOf(answer.failure()))
        : new ProxyAddress.Known(
            new InetSocketAddress(answer.addresses().getFirst(), egressProxy.port()));
  }
}
