package com.poolbrain.webhooks.simulation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// How the ledger fares: how long calls take, and what goes wrong with them.
final class Weather {

  /// What happens to one call.
  enum Fate {
    /// It is answered.
    ANSWERED,
    /// The store can't be reached.
    AWAY,
    /// The store refuses it for what it holds.
    REFUSED,
    /// It fails in a way that nobody foresaw.
    BUG,
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
  private final Map<String, Deque<Fate>> foretold = new HashMap<>();
  private long fastest;
  private long slowest;
  private boolean storm;
  private boolean outage;
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

  /// No call gets through, or all do again.
  void outage(boolean begins) {
    outage = begins;
  }

  /// From now on half a call takes exactly that long.
  void slow(Duration half) {
    fastest = half.toNanos();
    slowest = fastest;
  }

  /// What happens to the next calls of that kind.
  void next(String call, Fate... fates) {
    foretold.computeIfAbsent(call, _ -> new ArrayDeque<>()).addAll(List.of(fates));
  }

  /// From now on nothing goes wrong.
  void calmDown() {
    calm = true;
  }

  /// How long a part of a call takes.
  Duration latency() {
    return Duration.ofNanos(random.nextLong(fastest, slowest + 1));
  }

  /// @param call its kind
  Fate fate(String call) {
    Deque<Fate> next = foretold.get(call);
    if (next != null && !next.isEmpty()) {
      return next.remove();
    }
    if (outage) {
      return Fate.AWAY;
    }
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
