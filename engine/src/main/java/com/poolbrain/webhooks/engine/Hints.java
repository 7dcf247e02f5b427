package com.poolbrain.webhooks.engine;

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
final class Hints {

  private static final int AT_MOST = 10_000;

  private final ReentrantLock lock = new ReentrantLock();
  private final PriorityQueue<Backlog> byDue =
      new PriorityQueue<>(Comparator.comparing(Backlog::firstDue));
  private final Set<Backlog> known = new LinkedHashSet<>();

  /// Remembers one.
  ///
  /// @return whether it is the next of all
  boolean add(Backlog hint) {
    lock.lock();
    try {
      if (byDue.size() >= AT_MOST || !known.add(hint)) {
        return false;
      }
      byDue.add(hint);
      return hint.equals(byDue.peek());
    } finally {
      lock.unlock();
    }
  }

  /// Takes out the endpoints with a delivery due by then.
  Set<UUID> dueBy(Instant now) {
    lock.lock();
    try {
      Set<UUID> due = new LinkedHashSet<>();
      while (!byDue.isEmpty() && !byDue.peek().firstDue().isAfter(now)) {
        Backlog hint = byDue.remove();
        known.remove(hint);
        due.add(hint.endpointId());
      }
      return due;
    } finally {
      lock.unlock();
    }
  }

  /// When the next one is due; null if none is known.
  @Nullable Instant next() {
    lock.lock();
    try {
      Backlog first = byDue.peek();
      return first == null ? null : first.firstDue();
    } finally {
      lock.unlock();
    }
  }
}
