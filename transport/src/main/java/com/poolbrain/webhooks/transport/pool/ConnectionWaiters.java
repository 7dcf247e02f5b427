package com.poolbrain.webhooks.transport.pool;

import com.poolbrain.webhooks.transport.address.Route;
import com.poolbrain.webhooks.transport.http.Connection;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The queue of callers that wait for a connection to one host. Guarded by the lock of [HostPool].
/// Times are monotonic nanoseconds.
final class ConnectionWaiters {

  /// A caller that waits for a connection.
  static final class Waiter {
    final Thread thread = Thread.currentThread();
    final List<Route> routes;
    final long dialAfter;
    private final boolean acceptsReused;
    @Nullable Connection assigned;

    /// @param acceptsReused whether a connection that has carried an exchange is accepted
    /// @param dialAfter when it stops waiting for a connection in use and opens a new one
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

  /// The waiter at the head of the queue.
  @Nullable Waiter oldest() {
    return queue.peek();
  }

  int count() {
    return queue.size();
  }

  /// Since when the queue has not been empty; undefined if it is empty.
  long waitingSince() {
    return waitingSince;
  }

  /// Removes and returns the first waiter that accepts a used connection by this route.
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
