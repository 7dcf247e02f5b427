package com.poolbrain.webhooks.engine.dispatch;

/// Token bucket: a rate per second with a burst.
final class TokenBucket {

  private static final double NANOS_PER_SECOND = 1e9;

  private final double perSecond;
  private final double capacity;
  private double tokens;
  private long refilledAt;

  /// @param burstSeconds size of the bucket in seconds of its rate; at least one token
  TokenBucket(double perSecond, double burstSeconds, long now) {
    this.perSecond = perSecond;
    this.capacity = Math.max(1, perSecond * burstSeconds);
    this.tokens = capacity;
    this.refilledAt = now;
  }

  double perSecond() {
    return perSecond;
  }

  /// Nanoseconds until the next token; 0 if there is one now.
  long nanosUntilNext(long now) {
    tokens = Math.min(capacity, tokens + (now - refilledAt) * perSecond / NANOS_PER_SECOND);
    refilledAt = now;
    return tokens >= 1 ? 0 : (long) Math.ceil((1 - tokens) / perSecond * NANOS_PER_SECOND);
  }

  /// Takes a token.
  void take() {
    tokens -= 1;
  }

  /// Gives a token back.
  void refund() {
    tokens = Math.min(capacity, tokens + 1);
  }
}
