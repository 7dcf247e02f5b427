package com.poolbrain.webhooks.transport;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Connections on which nothing is being sent, ready to be used again.
///
/// Nobody ever waits here: who finds none makes a new one. Bounded in number and time.
final class ConnectionPool {

  private final ConnectionSettings settings;
  private final InstantSource clock;
  private final ConcurrentHashMap<Route, Idle> routes = new ConcurrentHashMap<>();
  private final AtomicInteger count = new AtomicInteger();

  ConnectionPool(ConnectionSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /// The connection to one of these that was used last, if there is one.
  @Nullable Connection take(List<Route> candidates) {
    for (Route route : candidates) {
      Idle idle = routes.get(route);
      Connection connection = idle == null ? null : idle.take();
      if (connection != null) {
        return connection;
      }
    }
    return null;
  }

  /// Keeps a connection, or closes it if enough are kept.
  void put(Connection connection) {
    if (count.get() >= settings.idleInAll()) {
      connection.close();
      return;
    }
    Boolean kept = null;
    while (kept == null) {
      kept = routes.computeIfAbsent(connection.route(), _ -> new Idle()).put(connection);
    }
    if (!kept) {
      connection.close();
    }
  }

  /// Closes what was idle for too long; called now and then.
  void sweep() {
    long oldest = clock.millis() - settings.idleTimeout().toMillis();
    routes.forEach((route, idle) -> {
      if (idle.sweep(oldest)) {
        routes.remove(route, idle);
      }
    });
  }

  /// How many connections are kept.
  int size() {
    return count.get();
  }

  /// A connection and since when it is idle.
  private record Kept(Connection connection, long since) {}

  /// The idle connections of one route, the one used last first: the others get the chance to be
  /// closed.
  private final class Idle {

    private final ArrayDeque<Kept> stack = new ArrayDeque<>(2);
    private boolean retired;

    synchronized @Nullable Connection take() {
      for (Kept kept = stack.pollFirst(); kept != null; kept = stack.pollFirst()) {
        count.decrementAndGet();
        if (kept.connection.isOpen()) {
          return kept.connection;
        }
      }
      return null;
    }

    /// Whether it was kept; null if this stack is out of use.
    synchronized @Nullable Boolean put(Connection connection) {
      if (retired) {
        return null;
      }
      if (stack.size() >= settings.idlePerAddress()) {
        return false;
      }
      stack.addFirst(new Kept(connection, clock.millis()));
      count.incrementAndGet();
      return true;
    }

    /// Whether nothing is left, and nothing will come here any more.
    synchronized boolean sweep(long oldest) {
      stack.removeIf(kept -> {
        boolean over = kept.since <= oldest || !kept.connection.isOpen();
        if (over) {
          count.decrementAndGet();
          kept.connection.close();
        }
        return over;
      });
      retired = stack.isEmpty();
      return retired;
    }
  }
}
