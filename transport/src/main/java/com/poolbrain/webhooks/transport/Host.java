package com.poolbrain.webhooks.transport;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.transport.Callers.Caller;
import com.poolbrain.webhooks.transport.Dialer.Dialed;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The connections to one host: those on which nothing is being sent, those that are being made,
/// and who waits for one.
///
/// A handshake costs as much as dozens of exchanges. So while fewer wait than there are
/// connections, one waits for as long as making one would take: most likely another comes back
/// meanwhile. And more than one is made at the common pace of all hosts. Else a burst would begin
/// as many handshakes as it has deliveries, and all of them would be late by each other's work.
final class Host {

  /// Connections that are made at a time: enough to be at full width within a few of them.
  static final int DIALS_AT_A_TIME = 16;

  private static final long LONGEST_PATIENCE = TimeUnit.MILLISECONDS.toNanos(50);

  private final Dialer dialer;
  private final DialPace pace;
  private final IdleLimits limits;
  private final InstantSource clock;

  /// The one used last comes first: the others get the chance to be closed.
  private final ArrayDeque<Kept> idle = new ArrayDeque<>(2);

  private final Callers callers = new Callers();

  private int open;
  private int dialing;
  private long lastDial;
  private boolean retired;

  Host(Dialer dialer, DialPace pace, IdleLimits limits, InstantSource clock) {
    this.dialer = dialer;
    this.pace = pace;
    this.limits = limits;
    this.clock = clock;
  }

  /// A connection and since when it is idle.
  private record Kept(Connection connection, long since) {}

  /// A connection by one of these routes.
  ///
  /// @return null if this host is out of use
  @Nullable Dialed ask(List<Route> routes, Deadline deadline, boolean mayBeKept)
      throws InterruptedException {
    Caller caller;
    synchronized (this) {
      if (retired) {
        return null;
      }
      Connection kept = mayBeKept ? take(routes) : null;
      if (kept != null) {
        return new Dialed.Connected(kept, true);
      }
      boolean patient = mayBeKept && callers.count() < open;
      long patience = patient ? Math.min(lastDial, LONGEST_PATIENCE) : 0;
      long now = System.nanoTime();
      caller = new Caller(routes, mayBeKept, now + patience);
      callers.add(caller, now);
    }
    return await(caller, deadline);
  }

  private @Nullable Connection take(List<Route> routes) {
    for (Iterator<Kept> each = idle.iterator(); each.hasNext(); ) {
      Connection connection = each.next().connection;
      if (!connection.isOpen() || routes.contains(connection.route())) {
        each.remove();
        limits.release();
        if (connection.isOpen()) {
          return connection;
        }
      }
    }
    return null;
  }

  private Dialed await(Caller caller, Deadline deadline) throws InterruptedException {
    while (true) {
      long wait;
      synchronized (this) {
        long left = deadline.left();
        long now = System.nanoTime();
        if (caller.given != null) {
          return new Dialed.Connected(caller.given, true);
        }
        if (left <= 0) {
          callers.remove(caller);
          return new Dialed.Failed(ErrorClass.CONNECT_TIMEOUT);
        }
        long patience = caller.dialsAt - now;
        if (patience <= 0
            && callers.first() == caller
            && mayDial()
            && (isFirst() || pace.ask(now, callers.since()))) {
          callers.remove(caller);
          dialing++;
          pace.begun();
          wakeWhoMayDial(now);
          break;
        }
        wait = Math.min(left, patience > 0 ? patience : LONGEST_PATIENCE);
      }
      LockSupport.parkNanos(this, wait);
      if (Thread.interrupted()) {
        leave(caller);
        throw new InterruptedException();
      }
    }
    return dial(caller.routes, deadline);
  }

  private boolean mayDial() {
    return dialing < DIALS_AT_A_TIME;
  }

  private boolean isFirst() {
    return open + dialing == 0;
  }

  /// Wakes who waits longest, if it has waited long enough and may make one. Only that one asks, so
  /// that all hosts have the same chance.
  private void wakeWhoMayDial(long now) {
    Caller caller = callers.first();
    if (caller != null && caller.dialsAt - now <= 0 && mayDial()) {
      LockSupport.unpark(caller.thread);
    }
  }

  private void leave(Caller caller) {
    Connection given;
    synchronized (this) {
      callers.remove(caller);
      given = caller.given;
    }
    if (given != null) {
      cameBack(given);
    }
  }

  private Dialed dial(List<Route> routes, Deadline deadline) throws InterruptedException {
    long from = System.nanoTime();
    Dialed dialed = null;
    try {
      dialed = dialer.dial(routes, deadline, this::cameBack);
      return dialed;
    } finally {
      dialed(dialed, System.nanoTime() - from);
    }
  }

  private void dialed(@Nullable Dialed end, long nanos) {
    synchronized (this) {
      dialing--;
      if (end instanceof Dialed.Connected) {
        open++;
        lastDial = nanos;
      } else {
        pace.ended();
      }
      wakeWhoMayDial(System.nanoTime());
    }
    if (end instanceof Dialed.Connected(var connection, _)) {
      connection.whenClosed(this::closed);
    }
  }

  private synchronized void closed() {
    open--;
    pace.ended();
  }

  /// A connection is free: for who waits longest, or to be kept.
  private void cameBack(Connection connection) {
    if (!handOver(connection)) {
      connection.close();
    }
  }

  private synchronized boolean handOver(Connection connection) {
    Caller caller = callers.takeFor(connection.route());
    if (caller != null) {
      caller.given = connection;
      LockSupport.unpark(caller.thread);
      wakeWhoMayDial(System.nanoTime());
      return true;
    }
    boolean kept = limits.keep(idle.size());
    if (kept) {
      idle.addFirst(new Kept(connection, clock.millis()));
    }
    return kept;
  }

  /// Closes what was idle for too long.
  ///
  /// @return whether nothing is left, and nothing will come here any more
  synchronized boolean sweep() {
    long oldest = clock.millis() - limits.millis();
    idle.removeIf(kept -> {
      boolean over = kept.since <= oldest || !kept.connection.isOpen();
      if (over) {
        limits.release();
        kept.connection.close();
      }
      return over;
    });
    retired = idle.isEmpty() && callers.count() == 0 && dialing == 0 && open == 0;
    return retired;
  }
}
