package com.poolbrain.webhooks.engine.commit;

import java.util.concurrent.TimeUnit;

/// Whether several companies are active: within the last second, one of them did something less
/// than a second after another. Who is alone needs to leave nothing to others.
///
/// All times are readings of [Clock#nanoTime()].
public final class ContentionDetector {

  private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long NO_COMPANY = Long.MIN_VALUE;

  private long lastCompany = NO_COMPANY;
  private long lastAt;
  private boolean contended;
  private long contendedAt;

  /// A company does something.
  public void recordActivity(long companyId, long now) {
    if (companyId != lastCompany && lastCompany != NO_COMPANY && now - lastAt < WINDOW_NANOS) {
      contended = true;
      contendedAt = now;
    }
    lastCompany = companyId;
    lastAt = now;
  }

  /// Whether there are several.
  public boolean isContended(long now) {
    return contended && now - contendedAt < WINDOW_NANOS;
  }
}
