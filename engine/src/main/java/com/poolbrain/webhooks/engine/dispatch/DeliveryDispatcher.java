package com.poolbrain.webhooks.engine.dispatch;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.ClaimRequest;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.ResultListener;
import com.poolbrain.webhooks.engine.node.NodeLease;
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

/// Queues of the deliveries that this node owns and has not sent yet, one for each endpoint,
/// bounded and served fairly. The dispatcher alone limits how many attempts run at a time.
public final class DeliveryDispatcher implements NodeLease.Listener, ResultListener {

  private final DispatchLimits limits;
  private final DispatchContext context;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final EndpointQueues queues;
  private final Map<UUID, Integer> running = new HashMap<>();
  private final FairScheduler scheduler;
  private boolean isOpen;
  private boolean isStopped;
  private int unrecorded;

  /// A dispatcher without deliveries, which starts attempts from the first lease renewal on.
  public DeliveryDispatcher(DispatchLimits limits, DispatchContext context) {
    this.limits = limits;
    this.context = context;
    this.queues = new EndpointQueues(limits);
    this.scheduler = new FairScheduler(limits, context);
  }

  /// How much is queued and running.
  ///
  /// @param unrecorded attempts that run, and results that are not durable yet
  /// @param bytes of queued and reserved deliveries
  public record Load(int waiting, int running, int unrecorded, long bytes) {}

  /// Reserves queue space for the deliveries that the plans want owned. The plans of the
  /// reservation leave those unowned that find no space: they wait in the ledger to be claimed.
  public QueueReservation reserve(List<Plan> plans) {
    return locked(() -> {
      List<Claim> reserved = new ArrayList<>();
      List<Plan> adjusted = new ArrayList<>(plans.size());
      plans.forEach(plan -> adjusted.add(queues.reserve(plan, reserved)));
      return new QueueReservation(this, adjusted, reserved);
    });
  }

  void releaseReservation(List<Claim> reserved) {
    update(() -> reserved.forEach(queues::releaseReservation));
  }

  void enqueueReserved(List<OwnedClaim> reserved) {
    update(() -> reserved.forEach(owned -> scheduler.enqueue(queues.enqueueReserved(owned))));
  }

  /// Queues claims from the ledger.
  public void enqueueClaimed(List<OwnedClaim> claimed) {
    update(() -> claimed.forEach(owned -> scheduler.enqueue(queues.enqueue(owned))));
  }

  /// Puts a claim back whose attempt could not start.
  public void requeue(OwnedClaim owned) {
    update(() -> {
      unrecorded--;
      scheduler.recordUnsent(queues.requeue(owned));
      releaseSlot(owned.claim(), null);
    });
  }

  /// Frees the slot of an attempt that has ended.
  ///
  /// @param outcome null if it says nothing about the endpoint
  public void recordEnd(Claim claim, @Nullable Outcome outcome) {
    update(() -> releaseSlot(claim, outcome));
  }

  /// Frees the slot of a started claim that turned out to need no attempt.
  public void recordUnsent(Claim claim) {
    update(() -> {
      scheduler.recordUnsent(queues.of(claim));
      releaseSlot(claim, null);
    });
  }

  private void releaseSlot(Claim claim, @Nullable Outcome outcome) {
    running.computeIfPresent(claim.id(), (_, count) -> count == 1 ? null : count - 1);
    scheduler.recordEnd(queues.of(claim), outcome);
    if (running.isEmpty()) {
      idle.signalAll();
    }
  }

  @Override
  public void onRecorded(DeliveryRecorded event) {
    update(() -> unrecorded--);
  }

  @Override
  public void onAbandoned(Claim claim) {
    update(() -> unrecorded--);
  }

  @Override
  public void onLeaseRenewed(List<CompanyConfig> changedCompanies, long configVersion) {
    update(() -> {
      scheduler.reevaluateLimits();
      isOpen = true;
    });
  }

  @Override
  public void onLedgerUnavailable(boolean isLeaseFresh) {
    update(() -> isOpen = isLeaseFresh);
  }

  @Override
  public void onIncarnationRestarted() {
    List<OwnedClaim> dropped = locked(queues::clear);
    dropped.forEach(owned -> context.claimDropped(owned.claim()));
  }

  /// Starts no attempt until the next lease renewal.
  public void pause() {
    update(() -> isOpen = false);
  }

  /// Starts no further attempt.
  public void stop() {
    update(() -> isStopped = true);
  }

  /// Returns queues to the scheduler whose wait for a limit is over.
  ///
  /// @return delay after which to call this again
  public Duration releaseWaiting() {
    Duration[] delay = {Duration.ZERO};
    update(() -> delay[0] = scheduler.releaseWaiting());
    return delay[0];
  }

  /// How many claims the queues of these endpoints have room for. Full queues are left out.
  public List<ClaimRequest> claimRequests(List<Endpoint> endpoints) {
    return locked(() -> queues.claimRequests(endpoints));
  }

  /// Endpoints that have deliveries in the ledger which did not fit into their queue, and whose
  /// queue is half empty now.
  public List<UUID> endpointsNeedingRefill() {
    return locked(queues::endpointsNeedingRefill);
  }

  /// Records whether the ledger has more due deliveries of an endpoint than its queue had room for.
  /// While it has, new deliveries of that endpoint are stored without an owner, so that they
  /// overtake none of them.
  public void setOverflowing(UUID endpointId, boolean isOverflowing) {
    locked(() -> {
      queues.setOverflowing(endpointId, isOverflowing);
      return true;
    });
  }

  /// Starts a manual attempt at once, whatever is queued. Its result must be expected already.
  public void startManual(OwnedClaim owned) {
    locked(() -> {
      recordStart(queues.of(owned.claim()), owned.claim());
      return true;
    });
    context.startAttempt(owned);
  }

  /// Counts a result that will be written for a claim which did not come from a queue.
  public void expectResult() {
    locked(() -> unrecorded++);
  }

  /// Takes a waiting delivery of that company out of its queue and counts its result as expected;
  /// null if it does not wait here.
  public @Nullable OwnedClaim removeWaiting(long companyId, UUID deliveryId) {
    return locked(() -> {
      OwnedClaim owned = queues.removeWaiting(companyId, deliveryId);
      if (owned != null) {
        unrecorded++;
      }
      return owned;
    });
  }

  /// The claims of a company that wait in queues.
  public List<OwnedClaim> waitingOf(long companyId) {
    return locked(() -> queues.waitingOf(companyId));
  }

  /// Whether an attempt of that delivery runs on this node.
  public boolean isAttemptRunning(UUID deliveryId) {
    return locked(() -> running.containsKey(deliveryId));
  }

  /// Waits until no attempt runs.
  ///
  /// @return whether none runs
  public boolean awaitIdle(Clock clock, Duration timeout) throws InterruptedException {
    lock.lock();
    try {
      return clock.awaitUntil(idle, timeout, running::isEmpty);
    } finally {
      lock.unlock();
    }
  }

  /// The present load.
  public Load load() {
    return locked(() ->
        new Load(queues.waitingCount(), scheduler.inFlight(), unrecorded, queues.usedBytes()));
  }

  private <T extends @Nullable Object> T locked(Supplier<T> work) {
    lock.lock();
    try {
      return work.get();
    } finally {
      lock.unlock();
    }
  }

  /// Applies a change, then starts the attempts that may start now.
  private void update(Runnable change) {
    List<OwnedClaim> startable =
        locked(() -> {
          change.run();
          return takeStartable();
        });
    startable.forEach(context::startAttempt);
  }

  private List<OwnedClaim> takeStartable() {
    List<OwnedClaim> startable = new ArrayList<>();
    while (isOpen && !isStopped && unrecorded < limits.unrecordedLimit()) {
      EndpointQueue queue = scheduler.nextQueue();
      if (queue == null) {
        break;
      }
      OwnedClaim owned = queues.take(queue);
      unrecorded++;
      recordStart(queue, owned.claim());
      startable.add(owned);
      if (queues.needsRefill(queue)) {
        context.requestRefill();
      }
    }
    return startable;
  }

  private void recordStart(EndpointQueue queue, Claim claim) {
    running.merge(claim.id(), 1, Integer::sum);
    scheduler.recordStart(queue);
  }
}
