package com.poolbrain.webhooks.engine.dispatch;

import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.ClaimRequest;
import com.poolbrain.webhooks.engine.runtime.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What this node owns and has not sent yet: a lane for each endpoint, bounded, and started fairly.
/// Lanes alone bound how much runs at once.
public final class DeliveryDispatcher implements QueueReservation {

  private final DispatchLimits limits;
  private final DispatchContext context;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final QueueRegistry registry = new QueueRegistry();
  private final Map<UUID, Integer> running = new HashMap<>();
  private final FairScheduler scheduler;
  private final QueueCapacity queueCapacity;
  private boolean open;
  private int unrecorded;

  public DeliveryDispatcher(DispatchLimits limits, DispatchContext context) {
    this.limits = limits;
    this.context = context;
    this.scheduler = new FairScheduler(limits, context);
    this.queueCapacity = new QueueCapacity(limits);
  }

  /// How much is held and running.
  public record Load(int waiting, int running, int unrecorded, long bytes) {}

  @Override
  public boolean tryReserve(long companyId, UUID endpointId, int dataBytes) {
    lock.lock();
    try {
      return queueCapacity.tryReserve(
          registry.queueOf(companyId, endpointId), OwnedClaim.memoryBytes(dataBytes));
    } finally {
      lock.unlock();
    }
  }

  /// Gives back places that were kept, because their deliveries were not stored.
  public void releaseReservations(List<Claim> reserved) {
    update(() -> {
      for (Claim claim : reserved) {
        queueCapacity.releaseReservation(
            registry.queueOf(claim), OwnedClaim.memoryBytes(claim.event().data().length));
      }
    });
  }

  /// Takes in claims that places were kept for.
  public void enqueueReserved(List<OwnedClaim> reserved) {
    update(() -> {
      for (OwnedClaim ownedClaim : reserved) {
        EndpointQueue queue = registry.queueOf(ownedClaim.claim());
        queueCapacity.enqueueReserved(queue, ownedClaim);
        scheduler.enqueue(queue);
      }
    });
  }

  /// Takes in claims from the ledger.
  public void enqueueClaimed(List<OwnedClaim> claimed) {
    update(() -> {
      for (OwnedClaim ownedClaim : claimed) {
        EndpointQueue queue = registry.queueOf(ownedClaim.claim());
        queueCapacity.enqueue(queue, ownedClaim);
        scheduler.enqueue(queue);
      }
    });
  }

  /// Puts back a claim whose attempt could not begin.
  public void requeue(OwnedClaim ownedClaim) {
    update(() -> {
      unrecorded--;
      EndpointQueue queue = registry.queueOf(ownedClaim.claim());
      queueCapacity.requeue(queue, ownedClaim);
      scheduler.recordUnsent(queue);
      releaseSlot(ownedClaim.claim(), null);
    });
  }

  /// An attempt has ended.
  ///
  /// @param outcome null if it says nothing about the endpoint
  public void recordEnd(Claim claim, @Nullable Outcome outcome) {
    update(() -> releaseSlot(claim, outcome));
  }

  /// A claim that was started needs no attempt.
  public void recordUnsent(Claim claim) {
    update(() -> {
      scheduler.recordUnsent(registry.queueOf(claim));
      releaseSlot(claim, null);
    });
  }

  private void releaseSlot(Claim claim, @Nullable Outcome outcome) {
    running.computeIfPresent(claim.id(), (_, count) -> count == 1 ? null : count - 1);
    scheduler.recordEnd(registry.queueOf(claim), outcome);
    if (running.isEmpty()) {
      idle.signalAll();
    }
  }

  /// That many results became durable.
  public void markRecorded(int results) {
    update(() -> unrecorded -= results);
  }

  /// Lets attempts start, or holds them.
  public void open(boolean shouldOpen) {
    update(() -> open = shouldOpen);
  }

  /// Puts lanes whose rate allows it back in line.
  ///
  /// @return how long until the next lane's rate does
  public Duration releaseWaiting() {
    Duration[] next = {Duration.ZERO};
    update(() -> next[0] = scheduler.releaseWaiting());
    return next[0];
  }

  /// What endpoints allow may have changed.
  public void reevaluateLimits() {
    update(scheduler::reevaluateLimits);
  }

  /// How many claims the lanes of these endpoints can take; those that can't take any are left out.
  public List<ClaimRequest> claimRequests(List<Endpoint> endpoints) {
    return locked(() ->
        queueCapacity.claimRequests(
            endpoints.stream()
                .map(endpoint -> registry.queueOf(endpoint.companyId(), endpoint.id()))
                .toList()));
  }

  /// Endpoints with deliveries in the ledger that wait for a lane which is half empty by now.
  public List<UUID> endpointsNeedingRefill() {
    return locked(queueCapacity::needsRefill);
  }

  /// The ledger has nothing more for this endpoint now: its new deliveries may be owned from birth
  /// again.
  public void markCaughtUp(UUID endpointId) {
    locked(() -> {
      EndpointQueue queue = registry.find(endpointId);
      if (queue != null) {
        queueCapacity.markCaughtUp(queue);
      }
      return true;
    });
  }

  /// The ledger has more for this endpoint than its lane asked for.
  public void markOverflowing(UUID endpointId) {
    locked(() -> {
      EndpointQueue queue = registry.find(endpointId);
      if (queue != null) {
        queueCapacity.markOverflowing(queue);
      }
      return true;
    });
  }

  /// How fast this node may go to the endpoint of that claim now.
  public EndpointQuota quota(Claim claim) {
    return context.quota(claim.endpointId());
  }

  /// Starts an attempt out of turn, because somebody asked for it.
  public void startManual(OwnedClaim ownedClaim) {
    locked(() -> {
      recordStart(registry.queueOf(ownedClaim.claim()), ownedClaim.claim());
      return true;
    });
    context.startAttempt(ownedClaim);
  }

  /// Counts a result that comes without an attempt of a lane.
  public void expectResult() {
    locked(() -> unrecorded++);
  }

  /// Takes a waiting claim of that company out of its lane, to be settled without an attempt; null
  /// if it does not wait here.
  @Nullable
  public OwnedClaim removeWaiting(long companyId, UUID deliveryId) {
    return locked(() -> {
      for (EndpointQueue queue : registry.queuesOfCompany(companyId)) {
        OwnedClaim ownedClaim = queue.remove(deliveryId);
        if (ownedClaim != null) {
          queueCapacity.releaseClaim(queue, ownedClaim);
          unrecorded++;
          return ownedClaim;
        }
      }
      return null;
    });
  }

  /// Whether an attempt of that delivery runs here.
  public boolean running(UUID deliveryId) {
    return locked(() -> running.containsKey(deliveryId));
  }

  /// Drops all that waits: this node no longer owns it.
  public List<Claim> clear() {
    return locked(() -> {
      List<Claim> dropped = new ArrayList<>();
      for (EndpointQueue queue : registry.all()) {
        for (OwnedClaim ownedClaim : queue.clear()) {
          queueCapacity.releaseClaim(queue, ownedClaim);
          dropped.add(ownedClaim.claim());
        }
      }
      return dropped;
    });
  }

  /// Waits until nothing runs, but not longer than that.
  ///
  /// @return whether nothing does
  public boolean awaitIdle(Clock clock, Duration timeout) throws InterruptedException {
    lock.lock();
    try {
      long startNanos = clock.nanoTime();
      Duration remaining = timeout;
      while (!running.isEmpty() && remaining.isPositive()) {
        clock.await(idle, remaining);
        remaining = timeout.minusNanos(clock.nanoTime() - startNanos);
      }
      return running.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  public Load load() {
    return locked(() ->
        new Load(
            registry.waitingCount(), scheduler.inFlight(), unrecorded, queueCapacity.usedBytes()));
  }

  private <T extends @Nullable Object> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /// Changes something, then starts what may start now.
  private void update(Runnable change) {
    List<OwnedClaim> starts;
    lock.lock();
    try {
      change.run();
      starts = takeStartable();
    } finally {
      lock.unlock();
    }
    starts.forEach(context::startAttempt);
  }

  private List<OwnedClaim> takeStartable() {
    List<OwnedClaim> starts = new ArrayList<>();
    while (open && unrecorded < limits.unrecordedLimit()) {
      EndpointQueue queue = scheduler.nextQueue();
      if (queue == null) {
        break;
      }
      OwnedClaim ownedClaim = queue.take();
      queueCapacity.releaseClaim(queue, ownedClaim);
      recordStart(queue, ownedClaim.claim());
      starts.add(ownedClaim);
      if (queueCapacity.needsRefill(queue)) {
        context.requestRefill();
      }
    }
    return starts;
  }

  private void recordStart(EndpointQueue queue, Claim claim) {
    unrecorded++;
    running.merge(claim.id(), 1, Integer::sum);
    scheduler.recordStart(queue);
  }
}
