package com.poolbrain.webhooks.engine.claim;

import com.poolbrain.webhooks.engine.ledger.UnownedBacklog;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// When deliveries that wait in the ledger are due, as far as this node remembers. It may forget
/// some: the scan finds them.
final class RetryTimers {

  private static final int MAX_TIMERS = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<UnownedBacklog> byDue =
      new PriorityQueue<>(Comparator.comparing(UnownedBacklog::firstDue));
  private final Set<UnownedBacklog> known = new LinkedHashSet<>();

  /// Remembers one.
  ///
  /// @return whether it is the next of all
  boolean add(UnownedBacklog timer) {
    lock.lock();
    try {
      if (byDue.size() >= MAX_TIMERS || !known.add(timer)) {
        return false;
      }
      byDue.add(timer);
      return timer.equals(byDue.peek());
    } finally {
      lock.unlock();
    }
  }

  /// Takes out the endpoints with a delivery due by then.
  Set<UUID> takeDue(Instant now) {
    lock.lock();
    try {
      Set<UUID> due = new LinkedHashSet<>();
      while (!byDue.isEmpty() && !byDue.peek().firstDue().isAfter(now)) {
        UnownedBacklog timer = byDue.remove();
        known.remove(timer);
        due.add(timer.endpointId());
      }
      return due;
    } finally {
      lock.unlock();
    }
  }

  /// When the next one is due; null if none is known.
  @Nullable Instant nextDue() {
    lock.lock();
    try {
      UnownedBacklog first = byDue.peek();
      return first == null ? null : first.firstDue();
    } finally {
      lock.unlock();
    }
  }
}
