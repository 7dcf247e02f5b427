package com.poolbrain.webhooks.transport.pool;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.transport.address.Deadline;
import com.poolbrain.webhooks.transport.address.Route;
import com.poolbrain.webhooks.transport.http.Connection;
import com.poolbrain.webhooks.transport.pool.ConnectionWaiters.Waiter;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The connections to one host: idle ones, those being opened, and the callers that wait for one.
///
/// A handshake costs as much as dozens of exchanges. So while there are fewer waiters than open
/// connections, a waiter first waits for as long as the last handshake took, at most 50 ms: most
/// likely a connection becomes free meanwhile. Further connections are opened at the rate of
/// [ConnectRateLimiter]. Otherwise a burst of deliveries would cause a burst of handshakes.
final class HostPool {

  /// Connections to one host that are opened at the same time.
  static final int MAX_CONCURRENT_DIALS = 16;

  private static final long MAX_REUSE_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Dialer dialer;
  private final ConnectRateLimiter rateLimiter;
  private final IdleBudget idleBudget;
  private final InstantSource clock;

  /// The most recently used connection first, so that the others can become too old and be closed.
  private final ArrayDeque<IdleConnection> idle = new ArrayDeque<>(2);

  private final ConnectionWaiters waiters = new ConnectionWaiters();

  private int openCount;
  private int dialsInProgress;
  private long lastDialNanos;
  private boolean retired;

  HostPool(
      Dialer dialer, ConnectRateLimiter rateLimiter, IdleBudget idleBudget, InstantSource clock) {
    this.dialer = dialer;
    this.rateLimiter = rateLimiter;
    this.idleBudget = idleBudget;
    this.clock = clock;
  }

  /// @param idleSince milliseconds since 1970
  private record IdleConnection(Connection connection, long idleSince) {}

  /// A connection by one of these routes.
  ///
  /// @return null if this pool is retired; the caller then uses a new pool
  @Nullable ConnectionResult acquire(List<Route> routes, Deadline deadline, boolean mayReuse)
      throws InterruptedException {
    Waiter waiter;
    synchronized (this) {
      if (retired) {
        return null;
      }
      Connection kept = mayReuse ? takeIdle(routes) : null;
      if (kept != null) {
        return new ConnectionResult.Connected(kept, true);
      }
      boolean mayWaitForReuse = mayReuse && waiters.count() < openCount;
      long reuseWaitNanos = mayWaitForReuse ? Math.min(lastDialNanos, MAX_REUSE_WAIT_NANOS) : 0;
      long now = System.nanoTime();
      waiter = new Waiter(routes, mayReuse, now + reuseWaitNanos);
      waiters.add(waiter, now);
    }
    return awaitConnection(waiter, deadline);
  }

  private @Nullable Connection takeIdle(List<Route> routes) {
    for (Iterator<IdleConnection> iterator = idle.iterator(); iterator.hasNext(); ) {
      Connection connection = iterator.next().connection;
      if (!connection.isOpen() || routes.contains(connection.route())) {
        iterator.remove();
        idleBudget.release();
        if (connection.isOpen()) {
          return connection;
        }
      }
    }
    return null;
  }

  private ConnectionResult awaitConnection(Waiter waiter, Deadline deadline)
      throws InterruptedException {
    while (true) {
      long waitNanos;
      synchronized (this) {
        long leftNanos = deadline.remainingNanos();
        long now = System.nanoTime();
        if (waiter.assigned != null) {
          return new ConnectionResult.Connected(waiter.assigned, true);
        }
        if (leftNanos <= 0) {
          waiters.remove(waiter);
          return new ConnectionResult.Failed(ErrorClass.CONNECT_TIMEOUT);
        }
        long reuseWaitNanos = waiter.dialAfter - now;
        if (reuseWaitNanos <= 0
            && waiters.oldest() == waiter
            && mayDial()
            && (hasNoConnections() || rateLimiter.tryAcquire(now, waiters.waitingSince()))) {
          waiters.remove(waiter);
          dialsInProgress++;
          rateLimiter.onDialStarted();
          wakeNextDialer(now);
          break;
        }
        waitNanos = Math.min(leftNanos, reuseWaitNanos > 0 ? reuseWaitNanos : MAX_REUSE_WAIT_NANOS);
      }
      LockSupport.parkNanos(this, waitNanos);
      if (Thread.interrupted()) {
        abandonWait(waiter);
        throw new InterruptedException();
      }
    }
    return dial(waiter.routes, deadline);
  }

  private boolean mayDial() {
    return dialsInProgress < MAX_CONCURRENT_DIALS;
  }

  private boolean hasNoConnections() {
    return openCount + dialsInProgress == 0;
  }

  /// Wakes the first waiter if it may open a connection. Only one waiter of a host asks the rate
  /// limiter, so that all hosts have the same chance.
  private void wakeNextDialer(long now) {
    Waiter waiter = waiters.oldest();
    if (waiter != null && waiter.dialAfter - now <= 0 && mayDial()) {
      LockSupport.unpark(waiter.thread);
    }
  }

  private void abandonWait(Waiter waiter) {
    Connection assigned;
    synchronized (this) {
      waiters.remove(waiter);
      assigned = waiter.assigned;
    }
    if (assigned != null) {
      release(assigned);
    }
  }

  private ConnectionResult dial(List<Route> routes, Deadline deadline) throws InterruptedException {
    long startNanos = System.nanoTime();
    ConnectionResult result = null;
    try {
      result = dialer.dial(routes, deadline, this::release);
      return result;
    } finally {
      onDialFinished(result, System.nanoTime() - startNanos);
    }
  }

  private void onDialFinished(@Nullable ConnectionResult result, long nanos) {
    synchronized (this) {
      dialsInProgress--;
      if (result instanceof ConnectionResult.Connected) {
        openCount++;
        lastDialNanos = nanos;
      } else {
        rateLimiter.onConnectionEnded();
      }
      wakeNextDialer(System.nanoTime());
    }
    if (result instanceof ConnectionResult.Connected(var connection, _)) {
      connection.addCloseListener(this::onClosed);
    }
  }

  private synchronized void onClosed() {
    openCount--;
    rateLimiter.onConnectionEnded();
  }

  /// Gives a free connection to a waiter, keeps it as idle, or closes it.
  private void release(Connection connection) {
    if (!handOver(connection)) {
      connection.close();
    }
  }

  private synchronized boolean handOver(Connection connection) {
    Waiter waiter = waiters.pollFor(connection.route());
    if (waiter != null) {
      waiter.assigned = connection;
      LockSupport.unpark(waiter.thread);
      wakeNextDialer(System.nanoTime());
      return true;
    }
    boolean kept = idleBudget.tryAcquire(idle.size());
    if (kept) {
      idle.addFirst(new IdleConnection(connection, clock.millis()));
    }
    return kept;
  }

  /// Closes connections that were idle for too long.
  ///
  /// @return whether the pool is empty and retired
  synchronized boolean evictIdle() {
    long idleCutoff = clock.millis() - idleBudget.maxIdleMillis();
    idle.removeIf(idleConnection -> {
      boolean expired =
          idleConnection.idleSince <= idleCutoff || !idleConnection.connection.isOpen();
      if (expired) {
        idleBudget.release();
        idleConnection.connection.close();
      }
      return expired;
    });
    retired = idle.isEmpty() && waiters.count() == 0 && dialsInProgress == 0 && openCount == 0;
    return retired;
  }
}
