package com.poolbrain.webhooks.engine.dispatch;

import com.poolbrain.webhooks.domain.ConcurrencyWindow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// What waits and runs for one endpoint. Guarded by the lock of [DeliveryDispatcher].
final class EndpointQueue {

  /// What a claim is taken to weigh by a lane that has seen none.
  private static final long DEFAULT_CLAIM_BYTES = 8L << 10;

  /// So few does it ask for then.
  private static final int INITIAL_CLAIMS = 8;

  /// Seconds' worth of its rate that an endpoint may get at once after a rest.
  private static final double RATE_BURST_SECONDS = 1;

  /// Where a lane stands in line.
  enum QueueState {
    /// Nowhere: nothing waits, or all it may run runs.
    IDLE,
    /// For its company's turn.
    READY,
    /// For its turn among narrow lanes.
    DEGRADED_WAIT,
    /// For its rate to allow the next.
    RATE_LIMITED
  }

  final UUID endpointId;
  final CompanyQueue company;
  QueueState state = QueueState.IDLE;
  boolean isProbe;
  ConcurrencyWindow window = ConcurrencyWindow.INITIAL;
  int running;
  int reserved;

  /// Attempts that run and were counted as trouble beforehand.
  int prechargedFailures;

  /// What its claims take that wait, or whose places are kept.
  long bytes;

  private long largestClaimBytes;

  private final ArrayDeque<OwnedClaim> firstAttempts = new ArrayDeque<>(4);
  private final ArrayDeque<OwnedClaim> retries = new ArrayDeque<>(0);
  private boolean retryNext;
  private @Nullable TokenBucket rateLimiter;

  EndpointQueue(UUID endpointId, CompanyQueue company) {
    this.endpointId = endpointId;
    this.company = company;
  }

  void enqueue(OwnedClaim ownedClaim) {
    largestClaimBytes =
        Math.max(ownedClaim.memoryBytes(), largestClaimBytes - largestClaimBytes / 8);
    queueOf(ownedClaim).add(ownedClaim);
  }

  /// How many claims it may ask for so that they hardly take more than that.
  int claimsFitting(long freeBytes) {
    long maxClaims = largestClaimBytes == 0 ? INITIAL_CLAIMS : Integer.MAX_VALUE;
    return (int) Math.clamp(freeBytes / estimatedBytes(1), 0, maxClaims);
  }

  /// What that many claims may take.
  long estimatedBytes(int claims) {
    return claims * (largestClaimBytes == 0 ? DEFAULT_CLAIM_BYTES : largestClaimBytes);
  }

  void requeue(OwnedClaim ownedClaim) {
    queueOf(ownedClaim).addFirst(ownedClaim);
  }

  private ArrayDeque<OwnedClaim> queueOf(OwnedClaim ownedClaim) {
    return ownedClaim.claim().attempts() == 0 ? firstAttempts : retries;
  }

  boolean hasWaiting() {
    return !firstAttempts.isEmpty() || !retries.isEmpty();
  }

  /// Claims that wait.
  int waitingCount() {
    return firstAttempts.size() + retries.size();
  }

  /// Claims that wait, and places that are kept for some.
  int size() {
    return waitingCount() + reserved;
  }

  /// The next claim: first attempts oldest first, in turn with retries, so that neither starves.
  OwnedClaim take() {
    boolean retry = firstAttempts.isEmpty() || (retryNext && !retries.isEmpty());
    retryNext = !retry;
    return (retry ? retries : firstAttempts).remove();
  }

  /// Attempts at a time now.
  int concurrencyLimit(EndpointQuota quota) {
    return Math.min(window.limit(), quota.concurrency());
  }

  /// Nanoseconds until the rate lets the next one start.
  long nanosUntilAllowed(EndpointQuota quota, long now) {
    Double rate = quota.ratePerSecond();
    if (rate == null) {
      rateLimiter = null;
      return 0;
    }
    if (rateLimiter == null || rateLimiter.perSecond() != rate) {
      rateLimiter = new TokenBucket(rate, RATE_BURST_SECONDS, now);
    }
    return rateLimiter.nanosUntilNext(now);
  }

  void recordStart() {
    running++;
    if (rateLimiter != null) {
      rateLimiter.take();
    }
  }

  /// One that was started sent nothing: its place in the rate is free for another.
  void refundRateToken() {
    if (rateLimiter != null) {
      rateLimiter.refund();
    }
  }

  @Nullable OwnedClaim remove(UUID deliveryId) {
    OwnedClaim found = remove(firstAttempts.iterator(), deliveryId);
    return found != null ? found : remove(retries.iterator(), deliveryId);
  }

  private static @Nullable OwnedClaim remove(Iterator<OwnedClaim> waiting, UUID deliveryId) {
    while (waiting.hasNext()) {
      OwnedClaim ownedClaim = waiting.next();
      if (ownedClaim.claim().id().equals(deliveryId)) {
        waiting.remove();
        return ownedClaim;
      }
    }
    return null;
  }

  /// Drops what waits.
  List<OwnedClaim> clear() {
    List<OwnedClaim> dropped = new ArrayList<>(firstAttempts);
    dropped.addAll(retries);
    firstAttempts.clear();
    retries.clear();
    return dropped;
  }
}
