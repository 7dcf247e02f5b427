package com.poolbrain.webhooks.transport.pool;

import com.poolbrain.webhooks.transport.address.Deadline;
import com.poolbrain.webhooks.transport.address.Route;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The callers that wait for a connection to one host: those for which a connection is being
/// opened, and the queue of the others. Guarded by the lock of [HostPool]. Times are monotonic
/// nanoseconds.
final class ConnectionWaiters {

  /// A caller that waits for a connection.
  static final class Waiter {
    final Thread thread = Thread.currentThread();
    final List<Route> routes;
    final Deadline deadline;
    final long dialAfter;
    final boolean acceptsReused;
    @Nullable Thread dialThread;
    ConnectionResult.@Nullable Failed lastFailure;
    @Nullable ConnectionResult result;
    @Nullable Throwable bug;

    /// @param acceptsReused whether a connection that was not opened for it is accepted
    /// @param dialAfter when it stops waiting for a connection in use and opens a new one
    Waiter(List<Route> routes, Deadline deadline, boolean acceptsReused, long dialAfter) {
      this.routes = routes;
      this.deadline = deadline;
      this.acceptsReused = acceptsReused;
      this.dialAfter = dialAfter;
    }

    /// Wakes the caller.
    ///
    /// @param newResult null if opening the connection failed by a bug
    void complete(@Nullable ConnectionResult newResult) {
      result = newResult;
      LockSupport.unpark(thread);
    }

    private boolean accepts(Route route) {
      return acceptsReused && routes.contains(route);
    }
  }

  private final ArrayDeque<Waiter> dialing = new ArrayDeque<>(0);
  private final ArrayDeque<Waiter> queue = new ArrayDeque<>(0);
  private long waitingSince;

  void add(Waiter waiter, long now) {
    if (queue.isEmpty()) {
      waitingSince = now;
    }
    queue.add(waiter);
  }

  /// Removes a waiter that gave up, or has got a connection.
  ///
  /// @return false if it was removed before
  boolean remove(Waiter waiter) {
    return dialing.remove(waiter) || queue.remove(waiter);
  }

  /// Takes a waiter out of the queue, because a connection is being opened for it. It still accepts
  /// a used one.
  void startDialing(Waiter waiter) {
    queue.remove(waiter);
    dialing.add(waiter);
  }

  /// Puts a waiter for which no connection could be opened at the head of the queue, and wakes it,
  /// unless it has got another connection meanwhile or gave up.
  void requeue(Waiter waiter, ConnectionResult.Failed failure, long now) {
    if (dialing.remove(waiter)) {
      if (queue.isEmpty()) {
        waitingSince = now;
      }
      queue.addFirst(waiter);
      waiter.lastFailure = failure;
      LockSupport.unpark(waiter.thread);
    }
  }

  /// The waiter at the head of the queue.
  @Nullable Waiter oldest() {
    return queue.peek();
  }

  /// The number of waiters in the queue.
  int count() {
    return queue.size();
  }

  boolean isEmpty() {
    return queue.isEmpty() && dialing.isEmpty();
  }

  /// Since when the queue has not been empty; undefined if it is empty.
  long waitingSince() {
    return waitingSince;
  }

  /// Removes and returns the first waiter that accepts a used connection by this route.
  @Nullable Waiter pollFor(Route route) {
    Waiter waiter = pollFor(route, dialing);
    return waiter == null ? pollFor(route, queue) : waiter;
  }

  private static @Nullable Waiter pollFor(Route route, ArrayDeque<Waiter> waiters) {
    for (Iterator<Waiter> iterator = waiters.iterator(); iterator.hasNext(); ) {
      Waiter waiter = iterator.next();
      if (waiter.accepts(route)) {
        iterator.remove();
        return waiter;
      }
    }
    return null;
  }
}
