package com.poolbrain.webhooks.engine.manual;

import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.engine.runtime.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Who waits for a delivery's result to be on record.
public final class PendingResults {

  private static final int MAX_PENDING = 200;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<UUID, PendingResult> pending = new LinkedHashMap<>();
  private final Clock clock;

  public PendingResults(Clock clock) {
    this.clock = clock;
  }

  /// A result that is on record, or was lost.
  ///
  /// @param recorded null if no attempt was made
  /// @param recordedResult null if nothing is on record
  public record Completion(
      @Nullable DeliveryRecorded recorded, @Nullable RecordedResult recordedResult) {
    public static final Completion ABANDONED = new Completion(null, null);
  }

  /// Somebody who waits. Guarded by the lock of [PendingResults].
  static final class PendingResult {
    private final UUID deliveryId;
    private @Nullable Completion completion;

    private PendingResult(UUID deliveryId) {
      this.deliveryId = deliveryId;
    }
  }

  /// Begins to wait for that delivery; null if too many wait, or somebody waits for it already.
  @Nullable PendingResult register(UUID deliveryId) {
    lock.lock();
    try {
      if (pending.size() >= MAX_PENDING || pending.containsKey(deliveryId)) {
        return null;
      }
      PendingResult pendingResult = new PendingResult(deliveryId);
      pending.put(deliveryId, pendingResult);
      return pendingResult;
    } finally {
      lock.unlock();
    }
  }

  /// Waits for what was expected, but not longer than that.
  ///
  /// @throws LedgerException.InDoubt if nothing is on record by then
  Completion await(PendingResult pendingResult, Duration timeout) throws InterruptedException {
    lock.lock();
    try {
      long startNanos = clock.nanoTime();
      Duration remaining = timeout;
      while (pendingResult.completion == null && remaining.isPositive()) {
        clock.await(changed, remaining);
        remaining = timeout.minusNanos(clock.nanoTime() - startNanos);
      }
      if (pendingResult.completion == null || pendingResult.completion.recordedResult() == null) {
        throw new LedgerException.CommitUnknown("nothing is on record yet");
      }
      return pendingResult.completion;
    } finally {
      pending.remove(pendingResult.deliveryId, pendingResult);
      lock.unlock();
    }
  }

  /// Tells whoever waits for that delivery.
  public void complete(UUID deliveryId, Completion completion) {
    lock.lock();
    try {
      PendingResult pendingResult = pending.remove(deliveryId);
      if (pendingResult != null) {
        pendingResult.completion = completion;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Tells everybody that nothing more will be on record.
  public void abandonAll() {
    List<UUID> all;
    lock.lock();
    try {
      all = List.copyOf(pending.keySet());
    } finally {
      lock.unlock();
    }
    all.forEach(deliveryId -> complete(deliveryId, Completion.ABANDONED));
  }
}
