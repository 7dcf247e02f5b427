package com.poolbrain.webhooks.transport;

import com.poolbrain.webhooks.transport.Dialer.Dialed;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The connections to all hosts, and who waits for one. What happens at one host is felt at no
/// other.
final class Hosts {

  private final Dialer dialer;
  private final DialPace pace = new DialPace(System.nanoTime());
  private final IdleLimits limits;
  private final InstantSource clock;
  private final ConcurrentHashMap<Name, Host> hosts = new ConcurrentHashMap<>();

  Hosts(Dialer dialer, ConnectionSettings settings, InstantSource clock) {
    this.dialer = dialer;
    this.limits = new IdleLimits(settings);
    this.clock = clock;
  }

  /// What connections are shared for.
  private record Name(boolean tls, String host, int port) {}

  /// A connection by one of these routes to the same host, kept or new.
  Dialed any(List<Route> routes, Deadline deadline) throws InterruptedException {
    return ask(routes, deadline, true);
  }

  /// A new connection by one of these routes to the same host.
  Dialed fresh(List<Route> routes, Deadline deadline) throws InterruptedException {
    return ask(routes, deadline, false);
  }

  private Dialed ask(List<Route> routes, Deadline deadline, boolean mayBeKept)
      throws InterruptedException {
    Route route = routes.getFirst();
    Name name = new Name(route.tls(), route.host(), route.port());
    @Nullable Dialed answer = null;
    while (answer == null) {
      Host known = hosts.get(name);
      Host host = known == null ? hosts.computeIfAbsent(name, _ -> made()) : known;
      answer = host.ask(routes, deadline, mayBeKept);
    }
    return answer;
  }

  private Host made() {
    return new Host(dialer, pace, limits, clock);
  }

  /// Closes what was idle for too long, and forgets hosts without connections; called now and then.
  void sweep() {
    hosts.forEach((name, host) -> {
      if (host.sweep()) {
        hosts.remove(name, host);
      }
    });
  }
}
