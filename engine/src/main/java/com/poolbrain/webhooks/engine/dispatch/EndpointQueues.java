package com.poolbrain.webhooks.engine.dispatch;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.ClaimRequest;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.Plan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The queues of all endpoints, and the space that their claims take. Guarded by the lock of
/// [DeliveryDispatcher].
final class EndpointQueues {

  private final Map<Long, CompanyQueue> companies = new HashMap<>();
  private final Map<UUID, EndpointQueue> queues = new HashMap<>();
  private final QueueCapacity capacity;

  EndpointQueues(DispatchLimits limits) {
    this.capacity = new QueueCapacity(limits);
  }

  EndpointQueue of(Claim claim) {
    return of(claim.event().companyId(), claim.endpointId());
  }

  private EndpointQueue of(long companyId, UUID endpointId) {
    EndpointQueue queue = queues.get(endpointId);
    if (queue == null) {
      queue =
          new EndpointQueue(endpointId, companies.computeIfAbsent(companyId, CompanyQueue::new));
      queues.put(endpointId, queue);
    }
    return queue;
  }

  /// Reserves space for the deliveries that a plan wants owned.
  ///
  /// @param reserved receives the claims that have space now
  /// @return the plan, in which only these are owned
  Plan reserve(Plan plan, List<Claim> reserved) {
    List<NewDelivery> adjusted = new ArrayList<>(plan.deliveries().size());
    for (NewDelivery delivery : plan.deliveries()) {
      boolean isOwned = delivery.owned() && tryReserve(delivery);
      adjusted.add(delivery.withOwned(isOwned));
      if (isOwned) {
        reserved.add(delivery.toClaim());
      }
    }
    return plan.withDeliveries(adjusted);
  }

  private boolean tryReserve(NewDelivery delivery) {
    return capacity.tryReserve(
        of(delivery.event().companyId(), delivery.endpointId()),
        OwnedClaim.memoryBytes(delivery.event()));
  }

  void releaseReservation(Claim claim) {
    capacity.releaseReservation(of(claim), OwnedClaim.memoryBytes(claim.event()));
  }

  /// Queues a claim into its reserved space.
  EndpointQueue enqueueReserved(OwnedClaim owned) {
    EndpointQueue queue = of(owned.claim());
    capacity.enqueueReserved(queue, owned);
    return queue;
  }

  /// Queues a claim for which no space was reserved.
  EndpointQueue enqueue(OwnedClaim owned) {
    EndpointQueue queue = of(owned.claim());
    capacity.enqueue(queue, owned);
    return queue;
  }

  /// Queues a claim again that was taken out.
  EndpointQueue requeue(OwnedClaim owned) {
    EndpointQueue queue = of(owned.claim());
    capacity.requeue(queue, owned);
    return queue;
  }

  /// Takes the next claim out of a queue.
  OwnedClaim take(EndpointQueue queue) {
    OwnedClaim owned = queue.take();
    capacity.releaseClaim(queue, owned);
    return owned;
  }

  /// Takes a waiting delivery of that company out of its queue; null if it does not wait here.
  @Nullable OwnedClaim removeWaiting(long companyId, UUID deliveryId) {
    CompanyQueue company = companies.get(companyId);
    for (EndpointQueue queue : queues.values()) {
      OwnedClaim owned = queue.company == company ? queue.remove(deliveryId) : null;
      if (owned != null) {
        capacity.releaseClaim(queue, owned);
        return owned;
      }
    }
    return null;
  }

  /// The waiting claims of a company.
  List<OwnedClaim> waitingOf(long companyId) {
    CompanyQueue company = companies.get(companyId);
    List<OwnedClaim> waiting = new ArrayList<>();
    if (company != null) {
      for (EndpointQueue queue : queues.values()) {
        if (queue.company == company) {
          queue.addWaitingTo(waiting);
        }
      }
    }
    return waiting;
  }

  /// Removes and returns all claims.
  List<OwnedClaim> clear() {
    List<OwnedClaim> dropped = new ArrayList<>();
    for (EndpointQueue queue : queues.values()) {
      List<OwnedClaim> claims = queue.clear();
      claims.forEach(owned -> capacity.releaseClaim(queue, owned));
      dropped.addAll(claims);
    }
    return dropped;
  }

  /// How many claims the queues of these endpoints have room for. Full queues are left out.
  List<ClaimRequest> claimRequests(List<Endpoint> endpoints) {
    return capacity.claimRequests(
        endpoints.stream().map(endpoint -> of(endpoint.companyId(), endpoint.id())).toList());
  }

  void setOverflowing(UUID endpointId, boolean isOverflowing) {
    EndpointQueue queue = queues.get(endpointId);
    if (queue != null) {
      capacity.setOverflowing(queue, isOverflowing);
    }
  }

  boolean needsRefill(EndpointQueue queue) {
    return capacity.needsRefill(queue);
  }

  List<UUID> endpointsNeedingRefill() {
    return capacity.endpointsNeedingRefill();
  }

  int waitingCount() {
    return queues.values().stream().mapToInt(EndpointQueue::waitingCount).sum();
  }

  /// Bytes of all queued and reserved deliveries.
  long usedBytes() {
    return capacity.usedBytes();
  }
}
