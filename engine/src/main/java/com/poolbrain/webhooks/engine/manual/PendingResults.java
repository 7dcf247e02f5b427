package com.poolbrain.webhooks.engine.manual;

import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.ResultListener;
import com.poolbrain.webhooks.engine.runtime.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Callers that wait for the result of a delivery to be recorded.
public final class PendingResults implements ResultListener, AutoCloseable {

  private static final int MAX_PENDING = 200;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<UUID, PendingResult> pending = new LinkedHashMap<>();
  private final Clock clock;

  /// Waits by that clock.
  public PendingResults(Clock clock) {
    this.clock = clock;
  }

  /// A result that a caller waits for. Guarded by the lock of [PendingResults].
  static final class PendingResult {
    private final UUID deliveryId;
    private boolean isComplete;
    private @Nullable DeliveryRecorded recorded;

    private PendingResult(UUID deliveryId) {
      this.deliveryId = deliveryId;
    }
  }

  /// Registers a caller for the next result of a delivery; null if too many callers wait, or
  /// another one waits for the same delivery.
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

  /// Waits for a result.
  ///
  /// @throws LedgerException.CommitUnknown if none is recorded in time, or none will be
  DeliveryRecorded await(PendingResult pendingResult, Duration timeout)
      throws InterruptedException {
    lock.lock();
    try {
      clock.awaitUntil(changed, timeout, () -> pendingResult.isComplete);
      if (pendingResult.recorded == null) {
        throw new LedgerException.CommitUnknown("the result is not recorded yet");
      }
      return pendingResult.recorded;
    } finally {
      pending.remove(pendingResult.deliveryId, pendingResult);
      lock.unlock();
    }
  }

  @Override
  public void onRecorded(DeliveryRecorded event) {
    complete(event.result().claim().id(), event);
  }

  @Override
  public void onAbandoned(Claim claim) {
    complete(claim.id(), null);
  }

  /// Ends the wait for a delivery whose result will not be recorded.
  void abandon(UUID deliveryId) {
    complete(deliveryId, null);
  }

  private void complete(UUID deliveryId, @Nullable DeliveryRecorded recorded) {
    lock.lock();
    try {
      PendingResult pendingResult = pending.remove(deliveryId);
      if (pendingResult != null) {
        pendingResult.isComplete = true;
        pendingResult.recorded = recorded;
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /// Ends all waits; nothing more will be recorded.
  @Override
  public void close() {
    List<UUID> all;
    lock.lock();
    try {
      all = List.copyOf(pending.keySet());
    } finally {
      lock.unlock();
    }
    all.forEach(this::abandon);
  }
}
