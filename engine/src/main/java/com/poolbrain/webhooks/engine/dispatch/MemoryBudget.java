package com.poolbrain.webhooks.engine.dispatch;

/// The bytes that all lanes hold. Guarded by the lock of [DeliveryDispatcher].
final class MemoryBudget {

  private final long maxBytes;
  private long usedBytes;

  MemoryBudget(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  long usedBytes() {
    return usedBytes;
  }

  /// A lane takes so much more, or less.
  void adjust(EndpointQueue queue, long delta) {
    queue.bytes += delta;
    usedBytes += delta;
  }

  /// Whether a lane may take so much more: a small part of what is free, or its first claim. So
  /// something is always left for others, however many lanes hold what they may.
  boolean fits(EndpointQueue queue, long claimBytes) {
    return claimBytes <= (queue.size() == 0 ? maxBytes - usedBytes : freeShare(queue, 0));
  }

  /// How many claims of unknown size a lane may ask for.
  ///
  /// @param requestedBytes bytes that others are asking for
  int claimsFitting(EndpointQueue queue, long requestedBytes) {
    int minimum = queue.size() == 0 && usedBytes + requestedBytes < maxBytes ? 1 : 0;
    return Math.max(queue.claimsFitting(freeShare(queue, requestedBytes)), minimum);
  }

  private long freeShare(EndpointQueue queue, long requestedBytes) {
    return (maxBytes - usedBytes - requestedBytes) / DispatchLimits.FREE_BYTES_DIVISOR
        - queue.bytes;
  }
}
