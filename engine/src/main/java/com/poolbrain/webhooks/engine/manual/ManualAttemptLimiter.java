package com.poolbrain.webhooks.engine.manual;

import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.ResultListener;
import com.poolbrain.webhooks.engine.node.EndpointQuota;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/// Limits manual attempts. They start at once, beside the queues, so the limits of the queues do
/// not protect an endpoint from them.
public final class ManualAttemptLimiter implements ResultListener {

  private static final int MAX_PER_ENDPOINT = 4;

  private final int maxAttempts;
  private final Function<UUID, EndpointQuota> quotas;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<UUID, UUID> endpointByDelivery = new HashMap<>();

  /// @param maxInFlight attempts at a time that the queues may start; manual ones get a quarter
  ///   more
  /// @param quotas this node's share of the limits of an endpoint
  public ManualAttemptLimiter(int maxInFlight, Function<UUID, EndpointQuota> quotas) {
    this.maxAttempts = Math.max(1, maxInFlight / 4);
    this.quotas = quotas;
  }

  /// Takes a slot for an attempt. It is free again when the result is recorded or abandoned.
  ///
  /// @return false if there is none
  boolean tryAcquire(Claim claim) {
    int endpointLimit = Math.min(MAX_PER_ENDPOINT, quotas.apply(claim.endpointId()).concurrency());
    lock.lock();
    try {
      int used = Collections.frequency(endpointByDelivery.values(), claim.endpointId());
      if (endpointByDelivery.size() >= maxAttempts || used >= endpointLimit) {
        return false;
      }
      endpointByDelivery.put(claim.id(), claim.endpointId());
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onRecorded(DeliveryRecorded event) {
    release(event.result().claim());
  }

  @Override
  public void onAbandoned(Claim claim) {
    release(claim);
  }

  /// Frees the slot of an attempt, if it has one.
  void release(Claim claim) {
    if (claim.trigger() == Trigger.AUTOMATIC) {
      return;
    }
    lock.lock();
    try {
      endpointByDelivery.remove(claim.id());
    } finally {
      lock.unlock();
    }
  }
}
