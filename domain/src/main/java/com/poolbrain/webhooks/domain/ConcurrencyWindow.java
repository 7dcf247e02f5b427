package com.poolbrain.webhooks.domain;

import com.poolbrain.webhooks.domain.Outcome.Failed;

/// How much of its concurrency an endpoint may use: little at first, doubling while it uses all
/// that it may, and little again while its attempts cost time or connections.
///
/// Who has little to send so keeps a small width, and can't take many places with it on the day on
/// which it begins to hang (like the congestion window of RFC 7661).
///
/// @param failurePenalty 0 to 5: more with each attempt that failed by time or connection, one less
///   with each other one
/// @param limit attempts at a time
/// @param degraded whether it is a neighbour to guard others from: from full strain on until there
///   is none
public record ConcurrencyWindow(int failurePenalty, int limit, boolean degraded) {

  private static final int MAX_FAILURE_PENALTY = 5;
  private static final int MIN_LIMIT = 2;

  /// So much less than it may is little.
  private static final int SHRINK_FACTOR = 4;

  /// What an endpoint begins with.
  public static final ConcurrencyWindow INITIAL = new ConcurrencyWindow(0, MIN_LIMIT, false);

  /// The width after one more attempt.
  ///
  /// @param running attempts that ran at its end, itself included
  /// @param maxConcurrency attempts that the endpoint may have at a time
  public ConcurrencyWindow after(Outcome outcome, int running, int maxConcurrency) {
    int raisedPenalty = failurePenalty + outcome.failurePenalty();
    if (raisedPenalty > failurePenalty) {
      return raisedPenalty >= MAX_FAILURE_PENALTY
          ? new ConcurrencyWindow(MAX_FAILURE_PENALTY, MIN_LIMIT, true)
          : new ConcurrencyWindow(raisedPenalty, limit, degraded);
    }
    int loweredPenalty = Math.max(0, failurePenalty - 1);
    boolean stillDegraded = degraded && loweredPenalty > 0;
    return outcome instanceof Failed || stillDegraded
        ? new ConcurrencyWindow(loweredPenalty, limit, stillDegraded)
        : new ConcurrencyWindow(loweredPenalty, grow(running, maxConcurrency), false);
  }

  private int grow(int running, int maxConcurrency) {
    if (running >= limit) {
      return Math.min(limit * 2, maxConcurrency);
    }
    return running * SHRINK_FACTOR < limit ? limit - 1 : limit;
  }
}
