package com.poolbrain.webhooks.http.share;

import java.util.concurrent.atomic.AtomicLong;

/// The bytes of request bodies that may be in memory at once, over all connections.
public final class ByteBudget {

  private final long limit;
  private final AtomicLong used = new AtomicLong();

  public ByteBudget(long limit) {
    this.limit = limit;
  }

  /// Takes bytes; false if too few are left.
  public boolean tryAcquire(long bytes) {
    if (used.addAndGet(bytes) > limit) {
      used.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  /// Returns bytes that were taken.
  public void release(long bytes) {
    used.addAndGet(-bytes);
  }

  /// The bytes that are taken now.
  public long used() {
    return used.get();
  }
}
