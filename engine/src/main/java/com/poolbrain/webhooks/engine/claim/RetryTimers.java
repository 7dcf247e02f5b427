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

/// When deliveries that wait in the ledger are due. Bounded: the scan finds deliveries whose timer
/// was dropped.
final class RetryTimers {

  private static final int MAX_TIMERS = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<UnownedBacklog> byDue =
      new PriorityQueue<>(Comparator.comparing(UnownedBacklog::firstDue));
  private final Set<UnownedBacklog> known = new LinkedHashSet<>();

  /// Adds a timer.
  ///
  /// @return whether it is the next of all that is due
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

  /// Removes the timers that are due, and returns their endpoints.
  Set<UUID> removeDue(Instant now) {
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

  /// When the next timer is due; null if there is none.
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
