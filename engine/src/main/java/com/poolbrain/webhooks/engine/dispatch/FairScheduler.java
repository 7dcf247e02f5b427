package com.poolbrain.webhooks.engine.dispatch;

import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.node.EndpointQuota;
import com.poolbrain.webhooks.engine.runtime.ContentionDetector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Decides which queue is served next. Companies take turns, and so do the queues within a company.
/// Degraded endpoints, which cost time or connections, have a small share together: of the attempts
/// at a time, and of the failures per second. While other companies wait, no company has more than
/// half of the attempts, nor starts many at once. Guarded by the lock of [DeliveryDispatcher].
final class FairScheduler {

  private static final Duration IDLE_DELAY = Duration.ofSeconds(1);

  /// How often cooldowns are checked whose company has no attempt that ends.
  private static final Duration COOLDOWN_CHECK_INTERVAL = Duration.ofMillis(5);

  /// Burst of the failure budget, in seconds of its rate. Handshakes delay everything behind them.
  private static final double FAILURE_BURST_SECONDS = 0.1;

  private final DispatchLimits limits;
  private final DispatchContext context;
  private final ArrayDeque<CompanyQueue> companyRing = new ArrayDeque<>();
  private final Set<CompanyQueue> coolingDown = new LinkedHashSet<>();
  private final ContentionDetector contention = new ContentionDetector();
  private final ArrayDeque<EndpointQueue> degradedQueue = new ArrayDeque<>();
  private final PriorityQueue<RateLimited> rateLimited =
      new PriorityQueue<>(Comparator.comparingLong(RateLimited::until));
  private final TokenBucket failureBudget;
  private boolean awaitingFailureBudget;
  private boolean awaitingCooldown;
  private int inFlight;
  private int degradedInFlight;
  private int probeSlots;

  FairScheduler(DispatchLimits limits, DispatchContext context) {
    this.limits = limits;
    this.context = context;
    this.failureBudget =
        new TokenBucket(limits.failuresPerSecond(), FAILURE_BURST_SECONDS, context.nanoTime());
  }

  private record RateLimited(long until, EndpointQueue queue) {}

  /// Puts an idle queue that could start an attempt where it has to wait now.
  void enqueue(EndpointQueue queue) {
    EndpointQuota quota = context.quota(queue.endpointId);
    if (queue.state != EndpointQueue.QueueState.IDLE
        || !queue.hasWaiting()
        || queue.running >= queue.concurrencyLimit(quota)) {
      return;
    }
    long now = context.nanoTime();
    long delay = queue.nanosUntilAllowed(quota, now);
    if (delay > 0) {
      queue.state = EndpointQueue.QueueState.RATE_LIMITED;
      rateLimited.add(new RateLimited(now + delay, queue));
      context.requestRelease();
    } else if (queue.window.degraded()) {
      queue.state = EndpointQueue.QueueState.DEGRADED_WAIT;
      degradedQueue.add(queue);
      scheduleProbes();
    } else {
      markReady(queue);
    }
  }

  private void markReady(EndpointQueue queue) {
    queue.state = EndpointQueue.QueueState.READY;
    queue.company.ready.add(queue);
    addToRing(queue.company);
  }

  /// Admits degraded queues one after the other, for one attempt each, within their limits.
  private void scheduleProbes() {
    if (admitProbes() && !awaitingFailureBudget) {
      awaitingFailureBudget = true;
      context.requestRelease();
    }
  }

  /// Returns whether some wait for the failure budget.
  private boolean admitProbes() {
    while (!degradedQueue.isEmpty()
        && degradedInFlight + probeSlots < limits.degradedInFlightLimit()) {
      if (failureBudget.nanosUntilNext(context.nanoTime()) > 0) {
        return true;
      }
      EndpointQueue queue = degradedQueue.remove();
      queue.isProbe = true;
      probeSlots++;
      failureBudget.take();
      markReady(queue);
    }
    return false;
  }

  /// Makes a queue idle, and returns whether it was admitted as a probe.
  private boolean resetState(EndpointQueue queue) {
    queue.state = EndpointQueue.QueueState.IDLE;
    boolean wasProbe = queue.isProbe;
    if (wasProbe) {
      queue.isProbe = false;
      probeSlots--;
    }
    return wasProbe;
  }

  private void addToRing(CompanyQueue company) {
    if (!company.inRing && !company.ready.isEmpty()) {
      company.inRing = true;
      coolingDown.remove(company);
      companyRing.add(company);
    }
  }

  /// The queue that may start an attempt now; null if none may.
  @Nullable EndpointQueue nextQueue() {
    while (inFlight < limits.inFlightLimit() && !companyRing.isEmpty()) {
      CompanyQueue company = nextCompany();
      if (mustCoolDown(company)) {
        startCooldown(company);
        continue;
      }
      EndpointQueue queue = company.ready.remove();
      company.inRing = false;
      addToRing(company);
      boolean wasProbe = resetState(queue);
      if (canStart(queue)) {
        queue.prechargedFailures += wasProbe ? 1 : 0;
        return queue;
      }
      if (wasProbe) {
        failureBudget.refund();
      }
      enqueue(queue);
      scheduleProbes();
    }
    return null;
  }

  private boolean mustCoolDown(CompanyQueue company) {
    return company.recentStarts(context.nanoTime()) >= limits.companyStartBurst();
  }

  /// The company returns when one of its attempts ends, or is no longer recent.
  private void startCooldown(CompanyQueue company) {
    company.inRing = false;
    coolingDown.add(company);
    if (!awaitingCooldown) {
      awaitingCooldown = true;
      context.requestRelease();
    }
  }

  /// Returns whether some cooldowns continue.
  private boolean endCooldowns() {
    List<CompanyQueue> cooledDown =
        coolingDown.stream().filter(company -> !mustCoolDown(company)).toList();
    cooledDown.forEach(this::addToRing);
    return !coolingDown.isEmpty();
  }

  private CompanyQueue nextCompany() {
    for (int i = companyRing.size(); i > 1; i--) {
      CompanyQueue company = companyRing.remove();
      if (company.inFlight < limits.companyInFlightLimit()) {
        return company;
      }
      companyRing.add(company);
    }
    return companyRing.remove();
  }

  private boolean canStart(EndpointQueue queue) {
    EndpointQuota quota = context.quota(queue.endpointId);
    return queue.hasWaiting()
        && queue.running < queue.concurrencyLimit(quota)
        && !(queue.window.degraded() && degradedInFlight >= limits.degradedInFlightLimit())
        && queue.nanosUntilAllowed(quota, context.nanoTime()) == 0;
  }

  /// Records the start of an attempt.
  void recordStart(EndpointQueue queue) {
    long now = context.nanoTime();
    if (!queue.window.degraded()) {
      contention.recordActivity(queue.company.companyId, now);
    }
    if (contention.isContended(now)) {
      queue.company.recordStart(now);
    }
    queue.recordStart();
    queue.company.inFlight++;
    inFlight++;
    if (queue.window.degraded()) {
      degradedInFlight++;
    }
    enqueue(queue);
  }

  /// Records the end of an attempt.
  ///
  /// @param outcome null if nothing was sent
  void recordEnd(EndpointQueue queue, @Nullable Outcome outcome) {
    boolean wasDegraded = queue.window.degraded();
    if (outcome != null) {
      int max = context.quota(queue.endpointId).concurrency();
      queue.window = queue.window.after(outcome, queue.running, max);
    }
    if (queue.prechargedFailures > 0) {
      queue.prechargedFailures--;
      if (outcome == null || outcome.failurePenalty() == 0) {
        failureBudget.refund();
      }
    }
    queue.running--;
    queue.company.inFlight--;
    queue.company.recordEnd();
    addToRing(queue.company);
    inFlight--;
    degradedInFlight += degradedInFlightChange(queue, wasDegraded);
    if (queue.state == EndpointQueue.QueueState.DEGRADED_WAIT && !queue.window.degraded()) {
      degradedQueue.remove(queue);
      queue.state = EndpointQueue.QueueState.IDLE;
    }
    enqueue(queue);
    scheduleProbes();
  }

  /// How the number of attempts to degraded endpoints changes when one of this queue ends. A queue
  /// that becomes degraded adds its running attempts, and one that recovers removes them.
  private static int degradedInFlightChange(EndpointQueue queue, boolean wasDegraded) {
    boolean isDegraded = queue.window.degraded();
    int before = wasDegraded ? queue.running + 1 : 0;
    return (isDegraded ? queue.running : 0) - before;
  }

  /// Lets queues go on whose wait is over: for a rate limit, for the failure budget, or for the end
  /// of a cooldown.
  ///
  /// @return delay until the next wait is over
  Duration releaseWaiting() {
    long now = context.nanoTime();
    awaitingFailureBudget = admitProbes();
    awaitingCooldown = endCooldowns();
    while (!rateLimited.isEmpty() && rateLimited.peek().until() - now <= 0) {
      EndpointQueue queue = rateLimited.remove().queue();
      queue.state = EndpointQueue.QueueState.IDLE;
      enqueue(queue);
    }
    long delay = rateLimited.isEmpty() ? IDLE_DELAY.toNanos() : rateLimited.peek().until() - now;
    delay =
        awaitingFailureBudget
            ? Math.min(delay, failureBudget.nanosUntilNext(context.nanoTime()))
            : delay;
    delay = awaitingCooldown ? Math.min(delay, COOLDOWN_CHECK_INTERVAL.toNanos()) : delay;
    return Duration.ofNanos(delay);
  }

  /// Evaluates rate-limited queues again: their limit may have changed, or their endpoint may be
  /// blocked now.
  void reevaluateLimits() {
    List<RateLimited> before = List.copyOf(rateLimited);
    rateLimited.clear();
    for (RateLimited entry : before) {
      entry.queue().state = EndpointQueue.QueueState.IDLE;
      enqueue(entry.queue());
    }
  }

  /// Records that a started attempt sent nothing.
  void recordUnsent(EndpointQueue queue) {
    queue.refundRateToken();
    if (queue.state == EndpointQueue.QueueState.RATE_LIMITED) {
      rateLimited.removeIf(entry -> entry.queue() == queue);
      queue.state = EndpointQueue.QueueState.IDLE;
    }
  }

  /// Number of running attempts.
  int inFlight() {
    return inFlight;
  }
}
