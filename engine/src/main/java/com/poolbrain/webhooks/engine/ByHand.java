package com.poolbrain.webhooks.engine;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;

/// Bounds the attempts that people ask for: they run at once, beside the lanes, and whoever asks
/// often must not do to an endpoint what its lane spares it.
final class ByHand {

  private static final int TO_ONE_ENDPOINT = 4;

  private final int atMost;
  private final ReentrantLock lock = new ReentrantLock();
  private final Map<UUID, UUID> endpoints = new HashMap<>();

  /// @param maxInFlight attempts at a time that lanes make
  ByHand(int maxInFlight) {
    this.atMost = Math.max(1, maxInFlight / 4);
  }

  /// Keeps a place for an attempt.
  ///
  /// @return false if there is none
  boolean begin(UUID deliveryId, UUID endpointId, Pace pace) {
    lock.lock();
    try {
      int there = Collections.frequency(endpoints.values(), endpointId);
      if (endpoints.size() >= atMost || there >= Math.min(TO_ONE_ENDPOINT, pace.concurrency())) {
        return false;
      }
      endpoints.put(deliveryId, endpointId);
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Gives back the place of an attempt, if it had one.
  void end(UUID deliveryId) {
    lock.lock();
    try {
      endpoints.remove(deliveryId);
    } finally {
      lock.unlock();
    }
  }
}
