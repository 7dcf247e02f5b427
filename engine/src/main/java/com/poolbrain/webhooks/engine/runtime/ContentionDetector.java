package com.poolbrain.webhooks.engine.runtime;

import java.util.concurrent.TimeUnit;

/// Detects whether several companies are active: within the last second, one company was active
/// less than a second after another. Limits that protect other companies apply only then.
///
/// All times are readings of [Clock#nanoTime()]. Not thread-safe.
public final class ContentionDetector {

  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long NO_COMPANY = Long.MIN_VALUE;

  private long lastCompany = NO_COMPANY;
  private long lastAt;
  private boolean contended;
  private long contendedAt;

  /// Records that a company was active.
  public void recordActivity(long companyId, long now) {
    if (companyId != lastCompany && lastCompany != NO_COMPANY && now - lastAt < WINDOW_NANOS) {
      contended = true;
      contendedAt = now;
    }
    lastCompany = companyId;
    lastAt = now;
  }

  /// Whether several companies are active.
  public boolean isContended(long now) {
    return contended && now - contendedAt < WINDOW_NANOS;
  }
}
