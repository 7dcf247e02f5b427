package com.poolbrain.webhooks.transport;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.transport.Dialer.Dialed;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Bounds how many connections to one host are being made at once. A burst of deliveries to a host
/// would else begin as many handshakes, and all of them would be late by each other's work.
///
/// Who waits here is served by what was made meanwhile, and never by another host's leave.
final class Dials {

  /// Handshakes with one host at a time: enough to be at full width within a few of them.
  static final int AT_A_TIME = 16;

  private final Dialer dialer;
  private final ConnectionPool pool;
  private final ConcurrentHashMap<String, Door> doors = new ConcurrentHashMap<>();

  Dials(Dialer dialer, ConnectionPool pool) {
    this.dialer = dialer;
    this.pool = pool;
  }

  /// One host's, while somebody is at it.
  private static final class Door {
    private final Semaphore places = new Semaphore(AT_A_TIME, true);
    private int users;
  }

  /// A kept connection if one has come back when it is this caller's turn, else a new one.
  Dialed any(List<Route> routes, Deadline deadline) throws InterruptedException {
    return dial(routes, deadline, true);
  }

  /// A new connection.
  Dialed fresh(List<Route> routes, Deadline deadline) throws InterruptedException {
    return dial(routes, deadline, false);
  }

  private Dialed dial(List<Route> routes, Deadline deadline, boolean mayBeKept)
      throws InterruptedException {
    String host = routes.getFirst().host() + ":" + routes.getFirst().port();
    Door door = enter(host);
    try {
      if (!door.places.tryAcquire(Math.max(0, deadline.left()), TimeUnit.NANOSECONDS)) {
        return new Dialed.Failed(ErrorClass.CONNECT_TIMEOUT);
      }
      try {
        Connection kept = mayBeKept ? pool.take(routes) : null;
        return kept == null ? dialer.dial(routes, deadline) : new Dialed.Connected(kept, true);
      } finally {
        door.places.release();
      }
    } finally {
      leave(host);
    }
  }

  private Door enter(String host) {
    return doors.compute(
        host,
        (_, known) -> {
          Door door = known == null ? new Door() : known;
          door.users++;
          return door;
        });
  }

  private void leave(String host) {
    doors.computeIfPresent(host, (_, door) -> --door.users == 0 ? null : door);
  }
}
