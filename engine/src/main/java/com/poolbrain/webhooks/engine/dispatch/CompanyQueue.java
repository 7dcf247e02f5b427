package com.poolbrain.webhooks.engine.dispatch;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/// The lanes of one company, which take turns, as companies do. Guarded by the lock of
/// [DeliveryDispatcher].
final class CompanyQueue {

  /// What has run for longer waits for its endpoint, and no longer for a processor.
  private static final long RECENT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  final long companyId;
  final ArrayDeque<EndpointQueue> ready = new ArrayDeque<>(2);
  int inFlight;
  boolean inRing;

  /// When those of its attempts began that run and are fresh, as far as others were there.
  private final ArrayDeque<Long> recentStarts = new ArrayDeque<>(0);

  CompanyQueue(long companyId) {
    this.companyId = companyId;
  }

  void recordStart(long now) {
    recentStarts.add(now);
  }

  /// Which of them ended makes no difference: those that run on become older meanwhile.
  void recordEnd() {
    recentStarts.poll();
  }

  /// Attempts that run and began lately.
  int recentStarts(long now) {
    while (!recentStarts.isEmpty() && now - recentStarts.element() >= RECENT_NANOS) {
      recentStarts.remove();
    }
    return recentStarts.size();
  }
}
