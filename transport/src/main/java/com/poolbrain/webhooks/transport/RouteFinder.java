package com.poolbrain.webhooks.transport;

import com.poolbrain.webhooks.domain.ErrorClass;
import java.net.InetAddress;
import java.util.List;

/// Finds the addresses of a target that may be sent to.
final class RouteFinder {

  /// What became of a target.
  sealed interface Found {

    /// Routes to it, at least one, the preferred one first.
    record Routes(List<Route> routes) implements Found {}

    /// There is none, for this reason.
    record Nowhere(ErrorClass error) implements Found {}
  }

  private final Names names;
  private final AddressGuard guard;
  private final boolean plainHttp;

  RouteFinder(Names names, Destinations destinations) {
    this.names = names;
    this.guard = new AddressGuard(destinations.allowedNetworks());
    this.plainHttp = destinations.plainHttp();
  }

  Found find(Target target, Deadline deadline) throws InterruptedException {
    if (!target.tls() && !plainHttp) {
      return new Found.Nowhere(ErrorClass.BLOCKED_ADDRESS);
    }
    if (target.port() < 1 || target.port() > 65_535) {
      return new Found.Nowhere(ErrorClass.CONNECT_REFUSED);
    }
    return switch (target.host()) {
      case Target.Host.None _ -> new Found.Nowhere(ErrorClass.DNS);
      case Target.Host.Odd _ -> new Found.Nowhere(ErrorClass.BLOCKED_ADDRESS);
      case Target.Host.Literal(_, InetAddress address) -> checked(target, List.of(address));
      case Target.Host.Name(String name) -> {
        List<InetAddress> addresses = names.addresses(name, deadline);
        yield addresses.isEmpty() ? new Found.Nowhere(ErrorClass.DNS) : checked(target, addresses);
      }
    };
  }

  private Found checked(Target target, List<InetAddress> addresses) {
    List<Route> routes =
        addresses.stream()
            .filter(address -> target.tls() || address.isLoopbackAddress())
            .filter(guard::allows)
            .map(address -> new Route(target.tls(), target.host().text(), target.port(), address))
            .toList();
    return routes.isEmpty()
        ? new Found.Nowhere(ErrorClass.BLOCKED_ADDRESS)
        : new Found.Routes(routes);
  }
}
