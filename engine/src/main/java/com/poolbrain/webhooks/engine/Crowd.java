package com.poolbrain.webhooks.engine;

import java.util.concurrent.TimeUnit;

/// Whether several companies are active: within the last second, one of them did something less
/// than a second after another. Who is alone needs to leave nothing to others.
///
/// All times are readings of [Clock#nanoTime()].
final class Crowd {

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long NOBODY = Long.MIN_VALUE;

  private long last = NOBODY;
  private long lastAt;
  private boolean several;
  private long severalAt;

  /// A company does something.
  void saw(long company, long now) {
    if (company != last && last != NOBODY && now - lastAt < SECOND) {
      several = true;
      severalAt = now;
    }
    last = company;
    lastAt = now;
  }

  /// Whether there are several.
  boolean areSeveral(long now) {
    return several && now - severalAt < SECOND;
  }
}
