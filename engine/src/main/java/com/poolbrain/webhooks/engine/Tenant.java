package com.poolbrain.webhooks.engine;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/// The lanes of one company, which take turns, as companies do. Guarded by the lock of [Lanes].
final class Tenant {

  /// What has run for longer waits for its endpoint, and no longer for a processor.
  private static final long FRESH = TimeUnit.MILLISECONDS.toNanos(1);

  final long companyId;
  final ArrayDeque<Lane> ready = new ArrayDeque<>(2);
  int inFlight;
  boolean inRing;

  /// When those of its attempts began that run and are fresh, as far as others were there.
  private final ArrayDeque<Long> fresh = new ArrayDeque<>(0);

  Tenant(long companyId) {
    this.companyId = companyId;
  }

  void began(long now) {
    fresh.add(now);
  }

  /// Which of them ended makes no difference: those that run on become older meanwhile.
  void ended() {
    fresh.poll();
  }

  /// Attempts that run and began lately.
  int fresh(long now) {
    while (!fresh.isEmpty() && now - fresh.element() >= FRESH) {
      fresh.remove();
    }
    return fresh.size();
  }
}
