package com.poolbrain.webhooks.transport.address;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.address.AddressGuard;
import com.poolbrain.webhooks.domain.address.Host;
import com.poolbrain.webhooks.transport.settings.EgressPolicy;
import java.net.InetAddress;
import java.util.List;

/// Resolves a target to the routes that the egress policy allows.
public final class TargetResolver {

  /// The result of resolving a target.
  public sealed interface Resolution {

    /// At least one route, the preferred one first.
    record Resolved(List<Route> routes) implements Resolution {}

    /// There is no allowed route.
    record Failed(ErrorClass error) implements Resolution {}
  }

  private final CachingDnsResolver dnsResolver;
  private final AddressGuard guard;
  private final boolean allowsPlainHttp;

  public TargetResolver(CachingDnsResolver dnsResolver, EgressPolicy egressPolicy) {
    this.dnsResolver = dnsResolver;
    this.guard = new AddressGuard(egressPolicy.allowedNetworks(), egressPolicy.deniedNetworks());
    this.allowsPlainHttp = egressPolicy.allowsPlainHttp();
  }

  public Resolution resolve(Target target, Deadline deadline) throws InterruptedException {
    if (!target.tls() && !allowsPlainHttp) {
      return new Resolution.Failed(ErrorClass.BLOCKED_ADDRESS);
    }
    if (target.port() < 1 || target.port() > 65_535) {
      return new Resolution.Failed(ErrorClass.CONNECT_REFUSED);
    }
    return switch (target.host()) {
      case Host.Invalid _ -> new Resolution.Failed(ErrorClass.DNS);
      case Host.Ambiguous _ -> new Resolution.Failed(ErrorClass.BLOCKED_ADDRESS);
      case Host.Literal(_, InetAddress address) -> allowedRoutes(target, List.of(address));
      case Host.Name(String name) -> {
        List<InetAddress> addresses = dnsResolver.resolve(name, deadline);
        yield addresses.isEmpty()
            ? new Resolution.Failed(ErrorClass.DNS)
            : allowedRoutes(target, addresses);
      }
    };
  }

  private Resolution allowedRoutes(Target target, List<InetAddress> addresses) {
    List<Route> routes =
        addresses.stream()
            .filter(address -> target.tls() || address.isLoopbackAddress())
            .filter(guard::allows)
            .map(address -> new Route(target.tls(), target.host().text(), target.port(), address))
            .toList();
    return routes.isEmpty()
        ? new Resolution.Failed(ErrorClass.BLOCKED_ADDRESS)
        : new Resolution.Resolved(routes);
  }
}
