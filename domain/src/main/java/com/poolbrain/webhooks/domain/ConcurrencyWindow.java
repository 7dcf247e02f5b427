package com.poolbrain.webhooks.domain;

import com.poolbrain.webhooks.domain.Outcome.Failed;

/// The number of attempts that an endpoint may have at a time. The limit starts at 2 and doubles
/// while it is fully used. It falls back to 2 while attempts fail by timeouts or connection errors.
///
/// An unused limit shrinks again, like the congestion window of RFC 7661. So an endpoint with few
/// deliveries occupies few slots when it starts to hang.
///
/// @param failurePenalty 0 to 5: raised by each timeout or connection error, lowered by 1 with each
///   other attempt
/// @param limit attempts at a time
/// @param degraded whether the endpoint is limited to protect others: from the maximum failure
///   penalty until the penalty is 0
public record ConcurrencyWindow(int failurePenalty, int limit, boolean degraded) {

  private static final int MAX_FAILURE_PENALTY = 5;
  private static final int MIN_LIMIT = 2;

  /// The limit shrinks while it is more than this many times the use.
  private static final int SHRINK_FACTOR = 4;

  /// The window of a new endpoint.
  public static final ConcurrencyWindow INITIAL = new ConcurrencyWindow(0, MIN_LIMIT, false);

  /// The window after one more attempt.
  ///
  /// @param running attempts that were running at its end, including this one
  /// @param maxConcurrency the configured maximum of the endpoint
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
        : new ConcurrencyWindow(loweredPenalty, resize(running, maxConcurrency), false);
  }

  private int resize(int running, int maxConcurrency) {
    if (running >= limit) {
      return Math.min(limit * 2, maxConcurrency);
    }
    return running * SHRINK_FACTOR < limit ? limit - 1 : limit;
  }
}
