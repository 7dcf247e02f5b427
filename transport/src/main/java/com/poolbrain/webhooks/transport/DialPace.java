package com.poolbrain.webhooks.transport;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// How fast connections are made that could be done without, over all hosts: those to hosts that
/// have some. The later the event loops are, the slower: a handshake costs as much as dozens of
/// exchanges, and if each delivery that waits for a moment began one, all of them would wait for
/// each other's handshakes, and more would be begun.
final class DialPace {

  /// Between two of them lies at least this time.
  static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(2);

  /// And at most this, however late the event loops are.
  static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(50);

  /// In between, it is so many times as long as an exchange waited for its event loop.
  static final int LATENESSES = 20;

  /// Each exchange that did not wait makes the longest wait of those before so much less.
  private static final int FORGETTING = 16;

  private final AtomicLong next;
  private final AtomicLong lateness = new AtomicLong();

  DialPace(long now) {
    next = new AtomicLong(now);
  }

  /// Takes the permission to make one.
  ///
  /// @return whether it is granted
  boolean ask(long now) {
    long due = next.get();
    long pause = Math.clamp(LATENESSES * lateness.get(), SHORTEST, LONGEST);
    return now - due >= 0 && next.compareAndSet(due, now + pause);
  }

  /// An exchange was begun by its event loop so many nanoseconds after it was handed to it.
  void begun(long late) {
    lateness.accumulateAndGet(late, (old, latest) -> Math.max(latest, old - old / FORGETTING));
  }
}
