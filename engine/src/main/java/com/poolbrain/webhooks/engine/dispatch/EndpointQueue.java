package com.poolbrain.webhooks.engine.dispatch;

import com.poolbrain.webhooks.domain.ConcurrencyWindow;
import com.poolbrain.webhooks.engine.node.EndpointQuota;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The claims of one endpoint that wait, and the count of its running attempts. Guarded by the lock
/// of [DeliveryDispatcher].
final class EndpointQueue {

  /// Assumed size of a claim while the queue has held none.
  private static final long DEFAULT_CLAIM_BYTES = 8L << 10;

  /// Number of claims that an endpoint asks for then.
  private static final int INITIAL_CLAIMS = 8;

  /// Burst of the rate limit of an endpoint, in seconds of its rate.
  private static final double RATE_BURST_SECONDS = 1;

  /// What a queue waits for.
  enum QueueState {
    /// Nothing: it has no claims, or as many attempts run as may run.
    IDLE,
    /// The turn of its company.
    READY,
    /// Its turn among degraded endpoints.
    DEGRADED_WAIT,
    /// A token of its rate limit.
    RATE_LIMITED
  }

  final UUID endpointId;
  final CompanyQueue company;
  QueueState state = QueueState.IDLE;
  boolean isProbe;
  ConcurrencyWindow window = ConcurrencyWindow.INITIAL;
  int running;
  int reserved;

  /// Running probes, which took a token of the failure budget when they started.
  int prechargedFailures;

  /// Bytes of its queued and reserved claims.
  long bytes;

  private long largestClaimBytes;

  private final ArrayDeque<OwnedClaim> firstAttempts = new ArrayDeque<>(4);
  private final ArrayDeque<OwnedClaim> retries = new ArrayDeque<>(0);
  private final ArrayDeque<OwnedClaim> background = new ArrayDeque<>(0);
  private boolean retryNext;
  private @Nullable TokenBucket rateLimiter;

  EndpointQueue(UUID endpointId, CompanyQueue company) {
    this.endpointId = endpointId;
    this.company = company;
  }

  void enqueue(OwnedClaim owned) {
    largestClaimBytes = Math.max(owned.memoryBytes(), largestClaimBytes - largestClaimBytes / 8);
    queueOf(owned).add(owned);
  }

  /// Number of claims that fit into that many bytes, by estimate.
  int claimsFitting(long freeBytes) {
    long maxClaims = largestClaimBytes == 0 ? INITIAL_CLAIMS : Integer.MAX_VALUE;
    return (int) Math.clamp(freeBytes / estimatedBytes(1), 0, maxClaims);
  }

  /// Estimated size of that many claims.
  long estimatedBytes(int claims) {
    return claims * (largestClaimBytes == 0 ? DEFAULT_CLAIM_BYTES : largestClaimBytes);
  }

  void requeue(OwnedClaim owned) {
    queueOf(owned).addFirst(owned);
  }

  private ArrayDeque<OwnedClaim> queueOf(OwnedClaim owned) {
    if (owned.claim().isBackground()) {
      return background;
    }
    return owned.claim().attempts() == 0 ? firstAttempts : retries;
  }

  boolean hasWaiting() {
    return waitingCount() > 0;
  }

  /// Number of queued claims.
  int waitingCount() {
    return firstAttempts.size() + retries.size() + background.size();
  }

  /// Number of queued and reserved claims.
  int size() {
    return waitingCount() + reserved;
  }

  /// Takes the next claim: first attempts, oldest first, alternate with retries, so that neither
  /// starves. Those of background jobs come when nothing else waits.
  OwnedClaim take() {
    if (firstAttempts.isEmpty() && retries.isEmpty()) {
      return background.remove();
    }
    boolean retry = firstAttempts.isEmpty() || (retryNext && !retries.isEmpty());
    retryNext = !retry;
    return (retry ? retries : firstAttempts).remove();
  }

  /// Attempts that may run at a time now.
  int concurrencyLimit(EndpointQuota quota) {
    return Math.min(window.limit(), quota.concurrency());
  }

  /// Nanoseconds until the rate limit lets the next attempt start.
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

  /// Gives the token of an attempt back that sent nothing.
  void refundRateToken() {
    if (rateLimiter != null) {
      rateLimiter.refund();
    }
  }

  @Nullable OwnedClaim remove(UUID deliveryId) {
    for (ArrayDeque<OwnedClaim> claims : List.of(firstAttempts, retries, background)) {
      OwnedClaim found = remove(claims.iterator(), deliveryId);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  private static @Nullable OwnedClaim remove(Iterator<OwnedClaim> waiting, UUID deliveryId) {
    while (waiting.hasNext()) {
      OwnedClaim owned = waiting.next();
      if (owned.claim().id().equals(deliveryId)) {
        waiting.remove();
        return owned;
      }
    }
    return null;
  }

  /// Adds all claims to a list.
  void addWaitingTo(List<OwnedClaim> waiting) {
    waiting.addAll(firstAttempts);
    waiting.addAll(retries);
    waiting.addAll(background);
  }

  /// Removes and returns all claims.
  List<OwnedClaim> clear() {
    List<OwnedClaim> dropped = new ArrayList<>(firstAttempts);
    dropped.addAll(retries);
    dropped.addAll(background);
    firstAttempts.clear();
    retries.clear();
    background.clear();
    return dropped;
  }
}
