package com.poolbrain.webhooks.transport.pool;

import com.poolbrain.webhooks.transport.address.Route;
import com.poolbrain.webhooks.transport.http.Connection;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who waits for a connection to one host, in the order of their arrival, and since when somebody
/// has without a break. Guarded by the lock of [HostPool]; times are monotonic nanoseconds.
final class ConnectionWaiters {

  /// Who waits for a connection.
  static final class Waiter {
    final Thread thread = Thread.currentThread();
    final List<Route> routes;
    final long dialAfter;
    private final boolean acceptsReused;
    @Nullable Connection assigned;

    /// @param acceptsReused whether one will do that something was sent on before
    /// @param dialAfter when it no longer waits for one to come back, but makes one
    Waiter(List<Route> routes, boolean acceptsReused, long dialAfter) {
      this.routes = routes;
      this.acceptsReused = acceptsReused;
      this.dialAfter = dialAfter;
    }

    private boolean accepts(Route route) {
      return acceptsReused && routes.contains(route);
    }
  }

  private final ArrayDeque<Waiter> queue = new ArrayDeque<>(0);
  private long waitingSince;

  void add(Waiter waiter, long now) {
    if (queue.isEmpty()) {
      waitingSince = now;
    }
    queue.add(waiter);
  }

  void remove(Waiter waiter) {
    queue.remove(waiter);
  }

  /// Who waits longest.
  @Nullable Waiter oldest() {
    return queue.peek();
  }

  int count() {
    return queue.size();
  }

  /// When the first came of those who have waited without a break since; of no meaning if nobody
  /// waits.
  long waitingSince() {
    return waitingSince;
  }

  /// Takes out who waits longest of those to whom a connection by this route will do.
  @Nullable Waiter pollFor(Route route) {
    for (Iterator<Waiter> iterator = queue.iterator(); iterator.hasNext(); ) {
      Waiter waiter = iterator.next();
      if (waiter.accepts(route)) {
        iterator.remove();
        return waiter;
      }
    }
    return null;
  }
}
