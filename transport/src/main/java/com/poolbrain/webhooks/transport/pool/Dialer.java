package com.poolbrain.webhooks.transport.pool;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.address.AddressText;
import com.poolbrain.webhooks.transport.address.CachingDnsResolver;
import com.poolbrain.webhooks.transport.address.Deadline;
import com.poolbrain.webhooks.transport.address.Route;
import com.poolbrain.webhooks.transport.http.Connection;
import com.poolbrain.webhooks.transport.http.ErrorClassifier;
import com.poolbrain.webhooks.transport.settings.EgressProxy;
import com.poolbrain.webhooks.transport.settings.TransportSettings;
import io.netty.handler.proxy.HttpProxyHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
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

  public Dialer(TransportSettings settings, CachingDnsResolver dnsResolver, Connector connector) {
    this.settings = settings;
    this.dnsResolver = dnsResolver;
    this.connector = connector;
  }

  /// @param onIdle called each time the connection has completed an exchange
  ConnectionResult dial(List<Route> routes, Deadline deadline, Consumer<Connection> onIdle)
      throws InterruptedException {
    Deadline connectDeadline = deadline.cappedTo(settings.connections().connectTimeout().toNanos());
    ErrorClass lastError = ErrorClass.CONNECT_TIMEOUT;
    for (int i = 0; i < routes.size(); i++) {
      // An address that does not respond must leave the others their share of the time.
      Deadline addressDeadline =
          connectDeadline.cappedTo(connectDeadline.remainingNanos() / (routes.size() - i));
      switch (dial(routes.get(i), addressDeadline, onIdle)) {
        case ConnectionResult.Connected connection -> {
          return connection;
        }
        case ConnectionResult.Failed(ErrorClass error) -> lastError = error;
      }
      if (!isAddressSpecific(lastError)) {
        break;
      }
    }
    return new ConnectionResult.Failed(lastError);
  }

  /// Whether another address of the same host may succeed.
  private static boolean isAddressSpecific(ErrorClass error) {
    return error == ErrorClass.CONNECT_REFUSED
        || error == ErrorClass.CONNECT_TIMEOUT
        || error == ErrorClass.CONNECTION_RESET;
  }

  private ConnectionResult dial(Route route, Deadline deadline, Consumer<Connection> onIdle)
      throws InterruptedException {
    EgressProxy proxy = settings.egressPolicy().proxy();
    HttpProxyHandler proxyHandler = null;
    if (proxy != null && route.tls()) {
      InetSocketAddress address = resolveProxy(proxy, deadline);
      if (address == null) {
        return new ConnectionResult.Failed(ErrorClass.CONNECT_REFUSED);
      }
      proxyHandler = Connector.proxyHandler(proxy, address);
    }
    Connector.PendingConnection pending = connector.connect(route, proxyHandler, onIdle);
    try {
      return new ConnectionResult.Connected(
          pending.connection().get(Math.max(deadline.remainingNanos(), 0), TimeUnit.NANOSECONDS),
          false);
    } catch (ExecutionException failed) {
      pending.cancel();
      return new ConnectionResult.Failed(ErrorClassifier.classifyConnectFailure(failed));
    } catch (TimeoutException late) {
      pending.cancel();
      return new ConnectionResult.Failed(ErrorClass.CONNECT_TIMEOUT);
    } catch (InterruptedException stop) {
      pending.cancel();
      throw stop;
    }
  }

  /// The address of the proxy is not checked, because the operator chose it.
  private @Nullable InetSocketAddress resolveProxy(EgressProxy proxy, Deadline deadline)
      throws InterruptedException {
    byte @Nullable [] literal = AddressText.parse(proxy.host());
    if (literal != null) {
      return new InetSocketAddress(AddressText.toInetAddress(literal), proxy.port());
    }
    List<InetAddress> addresses = dnsResolver.resolve(proxy.host(), deadline);
    return addresses.isEmpty() ? null : new InetSocketAddress(addresses.getFirst(), proxy.port());
  }
}
