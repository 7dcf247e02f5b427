package com.poolbrain.webhooks.engine.manual;

import com.poolbrain.webhooks.engine.dispatch.EndpointQuota;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/// Bounds the attempts that people ask for: they run at once, beside the lanes, and whoever asks
/// often must not do to an endpoint what its lane spares it.
public final class ManualAttemptLimiter {

  private static final int MAX_PER_ENDPOINT = 4;

  private final int maxAttempts;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<UUID, UUID> endpointByDelivery = new HashMap<>();

  /// @param maxInFlight attempts at a time that lanes make
  public ManualAttemptLimiter(int maxInFlight) {
    this.maxAttempts = Math.max(1, maxInFlight / 4);
  }

  /// Keeps a place for an attempt.
  ///
  /// @return false if there is none
  boolean tryAcquire(UUID deliveryId, UUID endpointId, EndpointQuota quota) {
    lock.lock();
    try {
      int runningToEndpoint = Collections.frequency(endpointByDelivery.values(), endpointId);
      if (endpointByDelivery.size() >= maxAttempts
          || runningToEndpoint >= Math.min(MAX_PER_ENDPOINT, quota.concurrency())) {
        return false;
      }
      endpointByDelivery.put(deliveryId, endpointId);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Gives back the place of an attempt, if it had one.
  public void release(UUID deliveryId) {
    lock.lock();
    try {
      endpointByDelivery.remove(deliveryId);
    } finally {
      lock.unlock();
    }
  }
}
