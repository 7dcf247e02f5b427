package com.poolbrain.webhooks.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Who waits for a delivery's result to be on record.
final class Waiters {

  private static final int AT_MOST = 200;

  private final ReentrantLock lock = new ReentrantLock();
  private final Map<UUID, CompletableFuture<Recorded>> waiting = new LinkedHashMap<>();

  /// A result that is on record, or was lost.
  ///
  /// @param finished null if no attempt was made
  /// @param settled null if nothing is on record
  record Recorded(@Nullable AttemptFinished finished, @Nullable Settled settled) {
    static final Recorded LOST = new Recorded(null, null);
  }

  /// Begins to wait for that delivery; null if too many wait, or somebody waits for it already.
  @Nullable CompletableFuture<Recorded> expect(UUID deliveryId) {
    lock.lock();
    try {
      if (waiting.size() >= AT_MOST || waiting.containsKey(deliveryId)) {
        return null;
      }
      CompletableFuture<Recorded> result = new CompletableFuture<>();
      waiting.put(deliveryId, result);
      return result;
    } finally {
      lock.unlock();
    }
  }

  /// Tells whoever waits for that delivery.
  void tell(UUID deliveryId, Recorded recorded) {
    CompletableFuture<Recorded> result;
    lock.lock();
    try {
      result = waiting.remove(deliveryId);
    } finally {
      lock.unlock();
    }
    if (result != null) {
      result.complete(recorded);
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
