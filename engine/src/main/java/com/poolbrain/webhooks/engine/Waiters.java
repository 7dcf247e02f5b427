package com.poolbrain.webhooks.engine;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Who waits for a delivery's result to be on record.
final class Waiters {

  private static final int AT_MOST = 200;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<UUID, Waiter> waiting = new LinkedHashMap<>();
  private final Clock clock;

  Waiters(Clock clock) {
    this.clock = clock;
  }

  /// A result that is on record, or was lost.
  ///
  /// @param finished null if no attempt was made
  /// @param settled null if nothing is on record
  record Recorded(@Nullable AttemptFinished finished, @Nullable Settled settled) {
    static final Recorded LOST = new Recorded(null, null);
  }

  /// Somebody who waits. Guarded by the lock of [Waiters].
  static final class Waiter {
    private final UUID deliveryId;
    private @Nullable Recorded recorded;

    private Waiter(UUID deliveryId) {
      this.deliveryId = deliveryId;
    }
  }

  /// Begins to wait for that delivery; null if too many wait, or somebody waits for it already.
  @Nullable Waiter expect(UUID deliveryId) {
    lock.lock();
    try {
      if (waiting.size() >= AT_MOST || waiting.containsKey(deliveryId)) {
        return null;
      }
      Waiter waiter = new Waiter(deliveryId);
      waiting.put(deliveryId, waiter);
      return waiter;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for what was expected, but not longer than that.
  ///
  /// @throws LedgerException.InDoubt if nothing is on record by then
  Recorded await(Waiter waiter, Duration atMost) throws InterruptedException {
    lock.lock();
    try {
      long from = clock.nanoTime();
      Duration left = atMost;
      while (waiter.recorded == null && left.isPositive()) {
        clock.await(changed, left);
        left = atMost.minusNanos(clock.nanoTime() - from);
      }
      if (waiter.recorded == null || waiter.recorded.settled() == null) {
        throw new LedgerException.InDoubt("nothing is on record yet");
      }
      return waiter.recorded;
    } finally {
      waiting.remove(waiter.deliveryId, waiter);
      lock.unlock();
    }
  }

  /// Tells whoever waits for that delivery.
  void tell(UUID deliveryId, Recorded recorded) {
    lock.lock();
    try {
      Waiter waiter = waiting.remove(deliveryId);
      if (waiter != null) {
        waiter.recorded = recorded;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Tells everybody that nothing more will be on record.
  void release() {
    List<UUID> all;
    lock.lock();
    try {
      all = List.copyOf(waiting.keySet());
    } finally {
      lock.unlock();
    }
    all.forEach(deliveryId -> tell(deliveryId, Recorded.LOST));
  }
}
