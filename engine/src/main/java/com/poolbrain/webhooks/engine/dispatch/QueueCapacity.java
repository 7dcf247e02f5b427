package com.poolbrain.webhooks.engine.dispatch;

import com.poolbrain.webhooks.engine.ledger.ClaimRequest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// What lanes may hold, by number and by bytes, and which of them have more in the ledger than they
/// could take. Guarded by the lock of [DeliveryDispatcher].
final class QueueCapacity {

  private final DispatchLimits limits;
  private final MemoryBudget memoryBudget;
  private final Set<EndpointQueue> overflowingQueues = new LinkedHashSet<>();

  QueueCapacity(DispatchLimits limits) {
    this.limits = limits;
    this.memoryBudget = new MemoryBudget(limits.byteLimit());
  }

  /// Bytes that all lanes hold.
  long usedBytes() {
    return memoryBudget.usedBytes();
  }

  /// Keeps a place for a new delivery. While a lane overflows it gets none, so that nothing
  /// overtakes what waits in the ledger.
  ///
  /// @return false if there is none
  boolean tryReserve(EndpointQueue queue, long claimBytes) {
    if (overflowingQueues.contains(queue)
        || freeSlots(queue) == 0
        || !memoryBudget.fits(queue, claimBytes)) {
      overflowingQueues.add(queue);
      return false;
    }
    queue.reserved++;
    memoryBudget.adjust(queue, claimBytes);
    return true;
  }

  /// A place that was kept is not needed.
  void releaseReservation(EndpointQueue queue, long claimBytes) {
    queue.reserved--;
    memoryBudget.adjust(queue, -claimBytes);
  }

  /// A claim takes the place that was kept for it.
  void enqueueReserved(EndpointQueue queue, OwnedClaim ownedClaim) {
    queue.reserved--;
    queue.enqueue(ownedClaim);
  }

  /// A claim comes that no place was kept for.
  void enqueue(EndpointQueue queue, OwnedClaim ownedClaim) {
    memoryBudget.adjust(queue, ownedClaim.memoryBytes());
    queue.enqueue(ownedClaim);
  }

  /// A claim comes back that was taken out.
  void requeue(EndpointQueue queue, OwnedClaim ownedClaim) {
    memoryBudget.adjust(queue, ownedClaim.memoryBytes());
    queue.requeue(ownedClaim);
  }

  /// A claim was taken out.
  void releaseClaim(EndpointQueue queue, OwnedClaim ownedClaim) {
    memoryBudget.adjust(queue, -ownedClaim.memoryBytes());
  }

  /// How many claims these lanes can take; those that can't take any are left out.
  List<ClaimRequest> claimRequests(List<EndpointQueue> queues) {
    List<ClaimRequest> requests = new ArrayList<>();
    long requestedBytes = 0;
    for (EndpointQueue queue : queues) {
      int slots = Math.min(freeSlots(queue), memoryBudget.claimsFitting(queue, requestedBytes));
      if (slots > 0) {
        requests.add(new ClaimRequest(queue.endpointId, slots));
        requestedBytes += queue.estimatedBytes(slots);
      }
    }
    return requests;
  }

  /// The ledger has more for this lane.
  void markOverflowing(EndpointQueue queue) {
    overflowingQueues.add(queue);
  }

  /// The ledger has nothing more for this lane.
  void markCaughtUp(EndpointQueue queue) {
    overflowingQueues.remove(queue);
  }

  /// Whether the ledger has more for this lane, and it is half empty by now.
  boolean needsRefill(EndpointQueue queue) {
    return overflowingQueues.contains(queue) && queue.size() * 2 <= sizeLimit(queue);
  }

  /// Endpoints whose lanes are hungry.
  List<UUID> needsRefill() {
    return overflowingQueues.stream()
        .filter(this::needsRefill)
        .map(queue -> queue.endpointId)
        .toList();
  }

  private int freeSlots(EndpointQueue queue) {
    return Math.max(0, sizeLimit(queue) - queue.size());
  }

  private int sizeLimit(EndpointQueue queue) {
    return queue.window.degraded() ? limits.degradedQueueLimit() : limits.queueLimit();
  }
}
