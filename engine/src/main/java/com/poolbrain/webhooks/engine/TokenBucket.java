package com.poolbrain.webhooks.engine;

/// Lets through so many a second, and some at once after a rest.
final class TokenBucket {

  private static final double SECOND = 1e9;

  private final double perSecond;
  private final double capacity;
  private double tokens;
  private long filledAt;

  /// @param burst how many seconds' worth may pass at once after a rest; one may in any case
  TokenBucket(double perSecond, double burst, long now) {
    this.perSecond = perSecond;
    this.capacity = Math.max(1, perSecond * burst);
    this.tokens = capacity;
    this.filledAt = now;
  }

  double perSecond() {
    return perSecond;
  }

  /// Nanoseconds until the next may pass; 0 if one may pass now.
  long untilNext(long now) {
    tokens = Math.min(capacity, tokens + (now - filledAt) * perSecond / SECOND);
    filledAt = now;
    return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perSecond * SECOND);
  }

  /// Lets one pass.
  void take() {
    tokens -= 1;
  }

  /// One that was let through did not pass.
  void giveBack() {
    tokens = Math.min(capacity, tokens + 1);
  }
}
