package com.poolbrain.webhooks.engine.dispatch;

import com.poolbrain.webhooks.engine.ledger.ClaimRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// How much the queues of one node hold, by number and by bytes, and which of them overflow: their
/// endpoints have more due deliveries in the ledger. Guarded by the lock of [DeliveryDispatcher].
final class QueueCapacity {

  private final DispatchLimits limits;
  private final Set<EndpointQueue> overflowing = new LinkedHashSet<>();
  private long usedBytes;

  QueueCapacity(DispatchLimits limits) {
    this.limits = limits;
  }

  /// Bytes of all queued and reserved deliveries.
  long usedBytes() {
    return usedBytes;
  }

  /// Reserves space for a new delivery. An overflowing queue has none, so that a new delivery
  /// overtakes none that waits in the ledger.
  ///
  /// @return false if there is no space; the queue overflows then
  boolean tryReserve(EndpointQueue queue, long claimBytes) {
    if (overflowing.contains(queue) || freeSlots(queue) == 0 || !fits(queue, claimBytes)) {
      overflowing.add(queue);
      return false;
    }
    queue.reserved++;
    addBytes(queue, claimBytes);
    return true;
  }

  /// Frees reserved space.
  void releaseReservation(EndpointQueue queue, long claimBytes) {
    queue.reserved--;
    addBytes(queue, -claimBytes);
  }

  /// Queues a claim into its reserved space.
  void enqueueReserved(EndpointQueue queue, OwnedClaim owned) {
    queue.reserved--;
    queue.enqueue(owned);
  }

  /// Queues a claim for which no space was reserved.
  void enqueue(EndpointQueue queue, OwnedClaim owned) {
    addBytes(queue, owned.memoryBytes());
    queue.enqueue(owned);
  }

  /// Queues a claim again that was taken out.
  void requeue(EndpointQueue queue, OwnedClaim owned) {
    addBytes(queue, owned.memoryBytes());
    queue.requeue(owned);
  }

  /// Frees the space of a claim that was taken out.
  void releaseClaim(EndpointQueue queue, OwnedClaim owned) {
    addBytes(queue, -owned.memoryBytes());
  }

  /// How many claims these queues have room for. Full queues are left out.
  List<ClaimRequest> claimRequests(List<EndpointQueue> queues) {
    List<ClaimRequest> requests = new ArrayList<>();
    long requestedBytes = 0;
    for (EndpointQueue queue : queues) {
      int maxClaims = Math.min(freeSlots(queue), claimsFitting(queue, requestedBytes));
      if (maxClaims > 0) {
        requests.add(new ClaimRequest(queue.endpointId, maxClaims));
        requestedBytes += queue.estimatedBytes(maxClaims);
      }
    }
    return requests;
  }

  void setOverflowing(EndpointQueue queue, boolean isOverflowing) {
    if (isOverflowing) {
      overflowing.add(queue);
    } else {
      overflowing.remove(queue);
    }
  }

  /// Whether an overflowing queue is half empty.
  boolean needsRefill(EndpointQueue queue) {
    return overflowing.contains(queue) && queue.size() * 2 <= sizeLimit(queue);
  }

  /// Endpoints whose overflowing queues are half empty.
  List<UUID> endpointsNeedingRefill() {
    return overflowing.stream().filter(this::needsRefill).map(queue -> queue.endpointId).toList();
  }

  private int freeSlots(EndpointQueue queue) {
    return Math.max(0, sizeLimit(queue) - queue.size());
  }

  private int sizeLimit(EndpointQueue queue) {
    return queue.window.degraded() ? limits.degradedQueueLimit() : limits.queueLimit();
  }

  private void addBytes(EndpointQueue queue, long bytes) {
    queue.bytes += bytes;
    usedBytes += bytes;
  }

  /// Whether a claim of that size fits: as the first claim of its queue into all free bytes, else
  /// into a small share of them. So some space is always left for other queues.
  private boolean fits(EndpointQueue queue, long claimBytes) {
    return claimBytes <= (queue.size() == 0 ? freeBytes() : freeShare(queue, 0));
  }

  /// How many claims of unknown size fit into a queue.
  ///
  /// @param requestedBytes already requested for other queues
  private int claimsFitting(EndpointQueue queue, long requestedBytes) {
    int minimum = queue.size() == 0 && requestedBytes < freeBytes() ? 1 : 0;
    return Math.max(queue.claimsFitting(freeShare(queue, requestedBytes)), minimum);
  }

  private long freeShare(EndpointQueue queue, long requestedBytes) {
    return (freeBytes() - requestedBytes) / DispatchLimits.FREE_BYTES_DIVISOR - queue.bytes;
  }

  private long freeBytes() {
    return limits.byteLimit() - usedBytes;
  }
}
