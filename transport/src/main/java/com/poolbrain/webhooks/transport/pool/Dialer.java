package com.poolbrain.webhooks.transport.pool;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.transport.Deadline;
import com.poolbrain.webhooks.transport.EgressProxy;
import com.poolbrain.webhooks.transport.TransportSettings;
import com.poolbrain.webhooks.transport.address.AddressText;
import com.poolbrain.webhooks.transport.address.CachingDnsResolver;
import com.poolbrain.webhooks.transport.address.Route;
import com.poolbrain.webhooks.transport.http.Connection;
import com.poolbrain.webhooks.transport.http.ErrorClassifier;
import io.netty.handler.proxy.HttpProxyHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Tries the routes to a target one after the other until a connection stands.
public final class Dialer {

  /// What came of it.
  public sealed interface DialResult {

    /// A connection.
    ///
    /// @param reused whether something was sent on it before
    record Connected(Connection connection, boolean reused) implements DialResult {}

    /// None came about, for this reason.
    record Failed(ErrorClass error) implements DialResult {}
  }

  private final TransportSettings settings;
  private final CachingDnsResolver dnsResolver;
  private final Connector connector;

  public Dialer(TransportSettings settings, CachingDnsResolver dnsResolver, Connector connector) {
    this.settings = settings;
    this.dnsResolver = dnsResolver;
    this.connector = connector;
  }

  /// @param onIdle told each time when the connection has carried an exchange to its end
  DialResult dial(List<Route> routes, Deadline deadline, Consumer<Connection> onIdle)
      throws InterruptedException {
    Deadline connectDeadline = deadline.cappedTo(settings.connections().connectTimeout().toNanos());
    ErrorClass lastError = ErrorClass.CONNECT_TIMEOUT;
    for (int i = 0; i < routes.size(); i++) {
      // An address that swallows everything leaves the others their share of the time.
      Deadline addressDeadline =
          connectDeadline.cappedTo(connectDeadline.remainingNanos() / (routes.size() - i));
      switch (dial(routes.get(i), addressDeadline, onIdle)) {
        case DialResult.Connected connection -> {
          return connection;
        }
        case DialResult.Failed(ErrorClass error) -> lastError = error;
      }
      if (!isAddressSpecific(lastError)) {
        break;
      }
    }
    return new DialResult.Failed(lastError);
  }

  /// Whether another address of the same host may do better.
  private static boolean isAddressSpecific(ErrorClass error) {
    return error == ErrorClass.CONNECT_REFUSED
        || error == ErrorClass.CONNECT_TIMEOUT
        || error == ErrorClass.CONNECTION_RESET;
  }

  private DialResult dial(Route route, Deadline deadline, Consumer<Connection> onIdle)
      throws InterruptedException {
    EgressProxy proxy = settings.egressPolicy().proxy();
    HttpProxyHandler proxyHandler = null;
    if (proxy != null && route.tls()) {
      InetSocketAddress address = resolveProxy(proxy, deadline);
      if (address == null) {
        return new DialResult.Failed(ErrorClass.CONNECT_REFUSED);
      }
      proxyHandler = Connector.proxyHandler(proxy, address);
    }
    Connector.PendingConnection pending = connector.connect(route, proxyHandler, onIdle);
    try {
      return new DialResult.Connected(
          pending.connection().get(Math.max(deadline.remainingNanos(), 0), TimeUnit.NANOSECONDS),
          false);
    } catch (ExecutionException failed) {
      pending.cancel();
      return new DialResult.Failed(ErrorClassifier.classifyConnectFailure(failed));
    } catch (TimeoutException late) {
      pending.cancel();
      return new DialResult.Failed(ErrorClass.CONNECT_TIMEOUT);
    } catch (InterruptedException stop) {
      pending.cancel();
      throw stop;
    }
  }

  /// The proxy's own address is not checked: the operator chose it.
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
