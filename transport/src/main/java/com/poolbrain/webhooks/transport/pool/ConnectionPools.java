package com.poolbrain.webhooks.transport.pool;

import com.poolbrain.webhooks.transport.ConnectionSettings;
import com.poolbrain.webhooks.transport.Deadline;
import com.poolbrain.webhooks.transport.address.Route;
import com.poolbrain.webhooks.transport.pool.Dialer.DialResult;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The connections to all hosts, and who waits for one. What happens at one host is felt at no
/// other.
public final class ConnectionPools {

  private final Dialer dialer;
  private final ConnectRateLimiter rateLimiter = new ConnectRateLimiter(System.nanoTime());
  private final IdleBudget idleBudget;
  private final InstantSource clock;
  private final ConcurrentHashMap<HostKey, HostPool> pools = new ConcurrentHashMap<>();

  public ConnectionPools(Dialer dialer, ConnectionSettings settings, InstantSource clock) {
    this.dialer = dialer;
    this.idleBudget = new IdleBudget(settings);
    this.clock = clock;
  }

  /// What connections are shared for.
  private record HostKey(boolean tls, String host, int port) {}

  /// A connection by one of these routes to the same host, kept or new.
  public DialResult acquire(List<Route> routes, Deadline deadline) throws InterruptedException {
    return acquireFromHost(routes, deadline, true);
  }

  /// A new connection by one of these routes to the same host.
  public DialResult acquireNew(List<Route> routes, Deadline deadline) throws InterruptedException {
    return acquireFromHost(routes, deadline, false);
  }

  private DialResult acquireFromHost(List<Route> routes, Deadline deadline, boolean mayReuse)
      throws InterruptedException {
    Route route = routes.getFirst();
    HostKey hostKey = new HostKey(route.tls(), route.host(), route.port());
    @Nullable DialResult result = null;
    while (result == null) {
      HostPool existing = pools.get(hostKey);
      HostPool pool =
          existing == null ? pools.computeIfAbsent(hostKey, _ -> createPool()) : existing;
      result = pool.acquire(routes, deadline, mayReuse);
    }
    return result;
  }

  private HostPool createPool() {
    return new HostPool(dialer, rateLimiter, idleBudget, clock);
  }

  /// Closes what was idle for too long, and forgets hosts without connections; called now and then.
  public void evictIdle() {
    pools.forEach((hostKey, pool) -> {
      if (pool.evictIdle()) {
        pools.remove(hostKey, pool);
      }
    });
  }
}
