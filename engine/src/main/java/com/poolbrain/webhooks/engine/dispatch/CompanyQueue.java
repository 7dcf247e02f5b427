package com.poolbrain.webhooks.engine.dispatch;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/// The queues of one company, which are served in turn, as companies are. Guarded by the lock of
/// [DeliveryDispatcher].
final class CompanyQueue {

  /// An attempt that has run for longer waits for its endpoint, no longer for a processor. Tuned
  /// with the benchmark scenario `neighbour`.
  private static final long RECENT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  final long companyId;
  final ArrayDeque<EndpointQueue> ready = new ArrayDeque<>(2);
  int inFlight;
  boolean inRing;

  /// Start times of the running attempts that started recently while other companies were active.
  private final ArrayDeque<Long> recentStarts = new ArrayDeque<>(0);

  CompanyQueue(long companyId) {
    this.companyId = companyId;
  }

  void recordStart(long now) {
    recentStarts.add(now);
  }

  /// Removes the oldest recent start. Which attempt ended makes no difference.
  void recordEnd() {
    recentStarts.poll();
  }

  /// Number of running attempts that started recently.
  int recentStarts(long now) {
    while (!recentStarts.isEmpty() && now - recentStarts.element() >= RECENT_NANOS) {
      recentStarts.remove();
    }
    return recentStarts.size();
  }
}
