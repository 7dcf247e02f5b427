package com.poolbrain.webhooks.engine.dispatch;

/// Lets through so many a second, and some at once after a rest.
final class TokenBucket {

  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private final double capacity;
  private double tokens;
  private long refilledAt;

  /// @param burstSeconds how many seconds' worth may pass at once after a rest; one may in any case
  TokenBucket(double perSecond, double burstSeconds, long now) {
    this.perSecond = perSecond;
    this.capacity = Math.max(1, perSecond * burstSeconds);
    this.tokens = capacity;
    this.refilledAt = now;
  }

  double perSecond() {
    return perSecond;
  }

  /// Nanoseconds until the next may pass; 0 if one may pass now.
  long nanosUntilNext(long now) {
    tokens = Math.min(capacity, tokens + (now - refilledAt) * perSecond / NANOS_PER_SECOND);
    refilledAt = now;
    return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perSecond * NANOS_PER_SECOND);
  }

  /// Lets one pass.
  void take() {
    tokens -= 1;
  }

  /// One that was let through did not pass.
  void refund() {
    tokens = Math.min(capacity, tokens + 1);
  }
}
