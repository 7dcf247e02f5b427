package com.poolbrain.webhooks.transport.pool;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.transport.address.Deadline;
import com.poolbrain.webhooks.transport.address.Route;
import com.poolbrain.webhooks.transport.failure.Failure;
import com.poolbrain.webhooks.transport.http.Connection;
import com.poolbrain.webhooks.transport.pool.ConnectionWaiters.Waiter;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The connections to one host: idle ones, those being opened, and the callers that wait for one.
///
/// A handshake costs as much as dozens of exchanges. So while there are fewer waiters than open
/// connections, a waiter first waits for as long as the last handshake took, at most 50 ms: most
/// likely a connection becomes free meanwhile. Further connections are opened at the rate of
/// [ConnectRateLimiter]. Otherwise a burst of deliveries would cause a burst of handshakes. A
/// waiter for which a connection is being opened takes one that becomes free before.
final class HostPool {

  private static final Logger LOG = LoggerFactory.getLogger(HostPool.class);

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
      waiter = new Waiter(routes, deadline, mayReuse, now + reuseWaitNanos);
      waiters.add(waiter, now);
    }
    return awaitConnection(waiter);
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

  private ConnectionResult awaitConnection(Waiter waiter) throws InterruptedException {
    while (true) {
      long waitNanos;
      synchronized (this) {
        if (waiter.bug != null) {
          throw new IllegalStateException("opening a connection failed", waiter.bug);
        }
        if (waiter.result != null) {
          return waiter.result;
        }
        waitNanos = waiter.dialThread == null ? startDialOrWait(waiter) : Long.MAX_VALUE;
        if (waitNanos <= 0) {
          waiters.remove(waiter);
          return noConnectionInTime(waiter);
        }
      }
      if (waitNanos == Long.MAX_VALUE) {
        LockSupport.park(this); // the dial ends at the deadline, and tells why
      } else {
        LockSupport.parkNanos(this, waitNanos);
      }
      if (Thread.interrupted()) {
        abandonWait(waiter);
        throw new InterruptedException();
      }
    }
  }

  /// Starts to open a connection for a waiter if that is allowed now.
  ///
  /// @return how long the waiter may park; not positive after its deadline
  private long startDialOrWait(Waiter waiter) {
    long leftNanos = waiter.deadline.remainingNanos();
    long now = System.nanoTime();
    long reuseWaitNanos = waiter.dialAfter - now;
    if (leftNanos > 0
        && reuseWaitNanos <= 0
        && waiters.oldest() == waiter
        && mayDial()
        && (hasNoConnections() || rateLimiter.tryAcquire(now, waiters.waitingSince()))) {
      waiters.startDialing(waiter);
      dialsInProgress++;
      rateLimiter.onDialStarted();
      waiter.dialThread = Thread.ofVirtual().name("webhooks-dial").start(() -> dial(waiter));
      wakeNextDialer(now);
      return Long.MAX_VALUE;
    }
    return Math.min(leftNanos, reuseWaitNanos > 0 ? reuseWaitNanos : MAX_REUSE_WAIT_NANOS);
  }

  private static ConnectionResult noConnectionInTime(Waiter waiter) {
    ConnectionResult lastFailure = waiter.lastFailure;
    return lastFailure != null
        ? lastFailure
        : new ConnectionResult.Failed(
            new Failure(
                ErrorClass.CONNECT_TIMEOUT,
                "All connections to the host stayed in use, and no other could be opened in time."),
            waiter.routes.getFirst().address());
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
    ConnectionResult unusedResult;
    synchronized (this) {
      waiters.remove(waiter);
      unusedResult = waiter.result;
      if (waiter.dialThread != null) {
        waiter.dialThread.interrupt();
      }
    }
    if (unusedResult instanceof ConnectionResult.Connected(var connection, _)) {
      release(connection);
    }
  }

  /// Opens a connection. The waiter may get another one meanwhile; then this one is for the next.
  private void dial(Waiter waiter) {
    long startNanos = System.nanoTime();
    ConnectionResult result = null;
    try {
      result = dialer.dial(waiter.routes, waiter.deadline, this::release);
    } catch (InterruptedException abandoned) {
      LOG.debug("The caller no longer waits for a connection");
    } catch (RejectedExecutionException closing) {
      result =
          new ConnectionResult.Failed(
              new Failure(ErrorClass.CONNECTION_RESET, "The service is shutting down."),
              waiter.routes.getFirst().address());
    } catch (RuntimeException | Error bug) {
      LOG.error("Opening a connection to {} failed unexpectedly", waiter.routes, bug);
      waiter.bug = bug;
    }
    onDialFinished(waiter, result, System.nanoTime() - startNanos);
  }

  private void onDialFinished(Waiter waiter, @Nullable ConnectionResult result, long nanos) {
    boolean isSpare = false;
    synchronized (this) {
      dialsInProgress--;
      waiter.dialThread = null;
      if (result instanceof ConnectionResult.Connected) {
        openCount++;
        lastDialNanos = nanos;
      } else {
        rateLimiter.onConnectionEnded();
      }
      if (result instanceof ConnectionResult.Failed failed && mayWaitLonger(waiter, failed)) {
        waiters.requeue(waiter, failed, System.nanoTime());
      } else if (waiters.remove(waiter)) {
        waiter.complete(result);
      } else {
        isSpare = true;
      }
      wakeNextDialer(System.nanoTime());
    }
    if (result instanceof ConnectionResult.Connected(var connection, _)) {
      connection.addCloseListener(this::onClosed);
      if (isSpare) {
        release(connection);
      }
    }
  }

  /// Whether a waiter goes on waiting although no connection could be opened for it in time. A
  /// server may serve one connection at a time, and starts no handshake until it is free.
  private boolean mayWaitLonger(Waiter waiter, ConnectionResult.Failed failed) {
    return failed.failure().error() == ErrorClass.CONNECT_TIMEOUT
        && waiter.acceptsReused
        && openCount > 0;
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
      waiter.complete(new ConnectionResult.Connected(connection, true));
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
    retired = idle.isEmpty() && waiters.isEmpty() && dialsInProgress == 0 && openCount == 0;
    return retired;
  }
}
