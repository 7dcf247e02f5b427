package com.poolbrain.webhooks.transport;

import com.poolbrain.webhooks.domain.ErrorClass;
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
final class Dialer {

  /// What came of it.
  sealed interface Dialed {

    /// A connection.
    ///
    /// @param kept whether something was sent on it before
    record Connected(Connection connection, boolean kept) implements Dialed {}

    /// None came about, for this reason.
    record Failed(ErrorClass error) implements Dialed {}
  }

  private final TransportSettings settings;
  private final Names names;
  private final Connector connector;

  Dialer(TransportSettings settings, Names names, Connector connector) {
    this.settings = settings;
    this.names = names;
    this.connector = connector;
  }

  /// @param whenIdle told each time when the connection has carried an exchange to its end
  Dialed dial(List<Route> routes, Deadline deadline, Consumer<Connection> whenIdle)
      throws InterruptedException {
    Deadline connected = deadline.orIn(settings.connections().connectTimeout().toNanos());
    ErrorClass last = ErrorClass.CONNECT_TIMEOUT;
    for (int tried = 0; tried < routes.size(); tried++) {
      // An address that swallows everything leaves the others their share of the time.
      Deadline share = connected.orIn(connected.left() / (routes.size() - tried));
      switch (dial(routes.get(tried), share, whenIdle)) {
        case Dialed.Connected connection -> {
          return connection;
        }
        case Dialed.Failed(ErrorClass error) -> last = error;
      }
      if (!isOfOneAddress(last)) {
        break;
      }
    }
    return new Dialed.Failed(last);
  }

  /// Whether another address of the same host may do better.
  private static boolean isOfOneAddress(ErrorClass error) {
    return error == ErrorClass.CONNECT_REFUSED
        || error == ErrorClass.CONNECT_TIMEOUT
        || error == ErrorClass.CONNECTION_RESET;
  }

  private Dialed dial(Route route, Deadline deadline, Consumer<Connection> whenIdle)
      throws InterruptedException {
    EgressProxy proxy = settings.destinations().proxy();
    HttpProxyHandler way = null;
    if (proxy != null && route.tls()) {
      InetSocketAddress address = addressOf(proxy, deadline);
      if (address == null) {
        return new Dialed.Failed(ErrorClass.CONNECT_REFUSED);
      }
      way = Connector.through(proxy, address);
    }
    Connector.Attempt attempt = connector.connect(route, way, whenIdle);
    try {
      return new Dialed.Connected(
          attempt.ready().get(Math.max(deadline.left(), 0), TimeUnit.NANOSECONDS), false);
    } catch (ExecutionException failed) {
      attempt.giveUp();
      return new Dialed.Failed(Failures.connecting(failed));
    } catch (TimeoutException late) {
      attempt.giveUp();
      return new Dialed.Failed(ErrorClass.CONNECT_TIMEOUT);
    } catch (InterruptedException stop) {
      attempt.giveUp();
      throw stop;
    }
  }

  /// The proxy's own address is not checked: the operator chose it.
  private @Nullable InetSocketAddress addressOf(EgressProxy proxy, Deadline deadline)
      throws InterruptedException {
    byte @Nullable [] literal = AddressText.parse(proxy.host());
    if (literal != null) {
      return new InetSocketAddress(AddressText.of(literal), proxy.port());
    }
    List<InetAddress> addresses = names.addresses(proxy.host(), deadline);
    return addresses.isEmpty() ? null : new InetSocketAddress(addresses.getFirst(), proxy.port());
  }
}
