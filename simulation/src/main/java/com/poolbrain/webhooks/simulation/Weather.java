package com.poolbrain.webhooks.simulation;

import java.time.Duration;
import java.util.SplittableRandom;

/// How the ledger fares: how long calls take, and what goes wrong with them.
final class Weather {

  /// What happens to one call.
  enum Fate {
    /// It is answered.
    ANSWERED,
    /// The store can't be reached.
    AWAY,
    /// The connection is lost while committing, and nothing was stored.
    LOST_BEFORE,
    /// The connection is lost while committing, and all was stored.
    LOST_AFTER,
    /// The connection is lost while committing, and all is stored a while later.
    LOST_AND_LATE
  }

  private static final Fate[] LOSSES = {
    Fate.LOST_BEFORE, Fate.LOST_AFTER, Fate.LOST_AFTER, Fate.LOST_AND_LATE
  };

  private final SplittableRandom random;
  private final double badLuck;
  private final long slowest;
  private boolean storm;
  private boolean calm;

  /// @param badLuck how likely a call goes wrong outside storms
  /// @param slowest nanoseconds that a call takes at most
  Weather(SplittableRandom random, double badLuck, long slowest) {
    this.random = random;
    this.badLuck = badLuck;
    this.slowest = slowest;
  }

  /// The store goes away, or comes back.
  void storm(boolean begins) {
    storm = begins;
  }

  /// From now on nothing goes wrong.
  void calmDown() {
    calm = true;
  }

  /// How long a part of a call takes.
  Duration latency() {
    return Duration.ofNanos(random.nextLong(slowest + 1));
  }

  Fate fate() {
    if (calm) {
      return Fate.ANSWERED;
    }
    if (storm) {
      return random.nextInt(8) == 0 ? loss() : Fate.AWAY;
    }
    if (random.nextDouble() >= badLuck) {
      return Fate.ANSWERED;
    }
    return random.nextBoolean() ? Fate.AWAY : loss();
  }

  private Fate loss() {
    return LOSSES[random.nextInt(LOSSES.length)];
  }
}
