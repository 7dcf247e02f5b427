package com.poolbrain.webhooks.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// How fast connections are made that could be done without, over all hosts: those to hosts that
/// have some. Up to a number of all connections they are made as soon as somebody wants one, and
/// beyond it now and then. Else what holds up the whole node for a moment would be answered with a
/// handshake for each delivery that waits, at every host, and that would hold it up for longer.
final class DialPace {

  /// While there are fewer connections, more are made at once.
  static final int SOON = 256;

  /// And beyond, one in this time.
  static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong next;

  DialPace(long now) {
    next = new AtomicLong(now);
  }

  /// Takes the permission to make one.
  ///
  /// @return whether it is granted
  boolean ask(long now) {
    long due = next.get();
    return connections.get() < SOON || (now - due >= 0 && next.compareAndSet(due, now + PAUSE));
  }

  /// One is being made.
  void begun() {
    connections.incrementAndGet();
  }

  /// One could not be made, or is closed.
  void ended() {
    connections.decrementAndGet();
  }
}
