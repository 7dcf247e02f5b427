package com.poolbrain.webhooks.transport.address;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.address.AddressGuard;
import com.poolbrain.webhooks.domain.address.Host;
import com.poolbrain.webhooks.transport.failure.Failure;
import com.poolbrain.webhooks.transport.settings.EgressPolicy;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Resolves a target to the routes that the egress policy allows.
public final class TargetResolver {

  /// The result of resolving a target.
  public sealed interface Resolution {

    /// At least one route, the preferred one first.
    record Resolved(List<Route> routes) implements Resolution {}

    /// There is no allowed route.
    record Failed(Failure failure) implements Resolution {}
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
      return failed(ErrorClass.BLOCKED_ADDRESS, "Plain http is not allowed.");
    }
    if (target.port() < 1 || target.port() > 65_535) {
      return failed(
          ErrorClass.CONNECT_REFUSED, "Ports are from 1 to 65535, not " + target.port() + ".");
    }
    return switch (target.host()) {
      case Host.Invalid _ -> failed(ErrorClass.DNS, "The URL has no valid host name.");
      case Host.Ambiguous _ ->
          failed(ErrorClass.BLOCKED_ADDRESS, "The host is an address in an unusual notation.");
      case Host.Literal _, Host.Name _ -> {
        DnsAnswer answer = lookUp(target.host(), deadline);
        yield answer.addresses().isEmpty()
            ? failed(ErrorClass.DNS, answer.failure())
            : allowedRoutes(target, answer.addresses());
      }
    };
  }

  /// The addresses of a host, whether the egress policy allows them or not.
  public DnsAnswer lookUp(Host host, Deadline deadline) throws InterruptedException {
    return switch (host) {
      case Host.Literal(_, InetAddress address) -> DnsAnswer.found(List.of(address));
      case Host.Name(String name) -> dnsResolver.resolve(name, deadline);
      case Host.Invalid _, Host.Ambiguous _ -> DnsAnswer.failed("The host is not a valid name.");
    };
  }

  /// Why an address may not be sent to, in words that follow "which is"; null if it may.
  public @Nullable String findRefusal(InetAddress address) {
    return guard.findRefusal(address);
  }

  private Resolution allowedRoutes(Target target, List<InetAddress> addresses) {
    List<Route> routes =
        addresses.stream()
            .filter(address -> target.tls() || address.isLoopbackAddress())
            .filter(guard::allows)
            .map(address -> new Route(target.tls(), target.host().text(), target.port(), address))
            .toList();
    return routes.isEmpty()
        ? failed(ErrorClass.BLOCKED_ADDRESS, null)
        : new Resolution.Resolved(routes);
  }

  private static Resolution failed(ErrorClass error, @Nullable String detail) {
    return new Resolution.Failed(new Failure(error, detail));
  }
}
