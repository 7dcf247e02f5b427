package com.poolbrain.webhooks.transport.pool;

import com.poolbrain.webhooks.transport.address.Deadline;
import com.poolbrain.webhooks.transport.address.Route;
import com.poolbrain.webhooks.transport.settings.ConnectionSettings;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The connection pools of all hosts. Hosts do not affect each other, except by the shared limits
/// of new and of idle connections.
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

  /// Requests with equal keys share a pool.
  private record HostKey(boolean tls, String host, int port) {}

  /// A connection by one of these routes to one host: an idle one, or a new one.
  public ConnectionResult acquire(List<Route> routes, Deadline deadline)
      throws InterruptedException {
    return acquireFromHost(routes, deadline, true);
  }

  /// A new connection by one of these routes to one host.
  public ConnectionResult acquireNew(List<Route> routes, Deadline deadline)
      throws InterruptedException {
    return acquireFromHost(routes, deadline, false);
  }

  private ConnectionResult acquireFromHost(List<Route> routes, Deadline deadline, boolean mayReuse)
      throws InterruptedException {
    Route route = routes.getFirst();
    HostKey hostKey = new HostKey(route.tls(), route.host(), route.port());
    @Nullable ConnectionResult result = null;
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

  /// Closes connections that were idle for too long, and removes pools without connections. To be
  /// called regularly.
  public void evictIdle() {
    pools.forEach((hostKey, pool) -> {
      if (pool.evictIdle()) {
        pools.remove(hostKey, pool);
      }
    });
  }
}
