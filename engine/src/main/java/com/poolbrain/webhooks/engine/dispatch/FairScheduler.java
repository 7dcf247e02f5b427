package com.poolbrain.webhooks.engine.dispatch;

import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.engine.commit.ContentionDetector;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose turn it is: companies take turns, and within a company its lanes do. Neighbours that cost
/// time or connections have a small share together, of what runs at a time as of what fails in a
/// second. No company has more than half while others wait, nor begins much at once while there are
/// others. Guarded by the lock of [DeliveryDispatcher].
final class FairScheduler {

  private static final Duration IDLE_DELAY = Duration.ofSeconds(1);

  /// How often is looked whether what a company began is fresh no more, if none of it ends.
  private static final Duration COOLDOWN_CHECK_INTERVAL = Duration.ofMillis(5);

  /// Seconds' worth of trouble that may begin at once: handshakes hold up what comes behind them.
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

  /// Puts a lane where it belongs now, if it stands nowhere and could run something.
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
      probeSlots();
    } else {
      markReady(queue);
    }
  }

  private void markReady(EndpointQueue queue) {
    queue.state = EndpointQueue.QueueState.READY;
    queue.company.ready.add(queue);
    addToRing(queue.company);
  }

  /// Narrow lanes pass one after the other, for one attempt each, as many as may run and may fail.
  private void probeSlots() {
    if (admitProbes() && !awaitingFailureBudget) {
      awaitingFailureBudget = true;
      context.requestRelease();
    }
  }

  /// Whether some wait for the trouble to calm down.
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

  /// Whether it was let in from among the narrow ones.
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

  /// The lane that may start an attempt now; null if none may.
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
      probeSlots();
    }
    return null;
  }

  private boolean mustCoolDown(CompanyQueue company) {
    return company.recentStarts(context.nanoTime()) >= limits.companyStartBurst();
  }

  /// It comes back with the next of its attempts that ends, or is not fresh any more.
  private void startCooldown(CompanyQueue company) {
    company.inRing = false;
    coolingDown.add(company);
    if (!awaitingCooldown) {
      awaitingCooldown = true;
      context.requestRelease();
    }
  }

  /// Whether some must pause longer.
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

  /// An attempt of that lane starts.
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

  /// An attempt of that lane has ended.
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
    probeSlots();
  }

  /// How the number of narrow attempts changes when one of this lane ends: a lane that becomes
  /// narrow brings those that still run, and one that becomes wide takes them away.
  private static int degradedInFlightChange(EndpointQueue queue, boolean wasDegraded) {
    boolean isDegraded = queue.window.degraded();
    int before = wasDegraded ? queue.running + 1 : 0;
    return (isDegraded ? queue.running : 0) - before;
  }

  /// Puts back in line who waits for time to pass: for a rate, for the trouble to calm down, for
  /// attempts that have just begun.
  ///
  /// @return how long until the next one's has
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

  /// Looks anew at lanes that wait for their rate: it may have changed, or there may be nothing
  /// left to send.
  void reevaluateLimits() {
    List<RateLimited> before = List.copyOf(rateLimited);
    rateLimited.clear();
    for (RateLimited entry : before) {
      entry.queue().state = EndpointQueue.QueueState.IDLE;
      enqueue(entry.queue());
    }
  }

  /// An attempt of that lane that was started sent nothing.
  void recordUnsent(EndpointQueue queue) {
    queue.refundRateToken();
    if (queue.state == EndpointQueue.QueueState.RATE_LIMITED) {
      rateLimited.removeIf(entry -> entry.queue() == queue);
      queue.state = EndpointQueue.QueueState.IDLE;
    }
  }

  /// Attempts that run.
  int inFlight() {
    return inFlight;
  }
}
