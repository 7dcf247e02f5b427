package com.poolbrain.webhooks.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/// How fast connections are made that could be done without, over all hosts: those to hosts that
/// have some. They are made now and then; but while there are few connections in all, who keeps
/// wanting them gets them at once. Else what holds up the whole node for a moment would be answered
/// with a handshake for each delivery that waits, and that would hold it up for longer.
final class DialPace {

  /// Fewer connections than this are few.
  static final int FEW = 256;

  /// Who wants them for longer than this keeps wanting them.
  static final long MOMENT = TimeUnit.MILLISECONDS.toNanos(250);

  /// Now and then is one in this time.
  static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicLong next;

  DialPace(long now) {
    next = new AtomicLong(now);
  }

  /// Takes the permission to make one.
  ///
  /// @param wantedSince since when there was always somebody who waited for a connection to that
  ///   host
  /// @return whether it is granted
  boolean ask(long now, long wantedSince) {
    long due = next.get();
    return (connections.get() < FEW && now - wantedSince > MOMENT)
        || (now - due >= 0 && next.compareAndSet(due, now + PAUSE));
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
