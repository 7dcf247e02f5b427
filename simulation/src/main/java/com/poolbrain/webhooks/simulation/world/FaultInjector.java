package com.poolbrain.webhooks.simulation.world;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/// How the ledger fares: how long calls take, and what goes wrong with them.
public final class FaultInjector {

  /// What happens to one call.
  public enum CallFault {
    /// It is answered.
    NONE,
    /// The store can't be reached.
    UNAVAILABLE,
    /// The store refuses it for what it holds.
    REJECTED,
    /// It fails in a way that nobody foresaw.
    UNEXPECTED_EXCEPTION,
    /// The connection is lost while committing, and nothing was stored.
    LOST_NOT_STORED,
    /// The connection is lost while committing, and all was stored.
    LOST_BUT_STORED,
    /// The connection is lost while committing, and all is stored a while later.
    LOST_AND_STORED_LATE
  }

  private static final CallFault[] LOST_COMMITS = {
    CallFault.LOST_NOT_STORED,
    CallFault.LOST_BUT_STORED,
    CallFault.LOST_BUT_STORED,
    CallFault.LOST_AND_STORED_LATE
  };

  private final SplittableRandom random;
  private final double faultProbability;
  private final Map<String, Deque<CallFault>> scriptedFaults = new HashMap<>();
  private long minLatencyNanos;
  private long maxLatencyNanos;
  private boolean lossyOutage;
  private boolean outage;
  private boolean isStopped;

  /// @param faultProbability how likely a call goes wrong outside storms
  /// @param maxLatencyNanos nanoseconds that a call takes at most
  public FaultInjector(SplittableRandom random, double faultProbability, long maxLatencyNanos) {
    this.random = random;
    this.faultProbability = faultProbability;
    this.maxLatencyNanos = maxLatencyNanos;
  }

  /// The store goes away, or comes back.
  public void lossyOutage(boolean active) {
    lossyOutage = active;
  }

  /// No call gets through, or all do again.
  public void outage(boolean active) {
    outage = active;
  }

  /// From now on half a call takes exactly that long.
  public void fixLatency(Duration halfCall) {
    minLatencyNanos = halfCall.toNanos();
    maxLatencyNanos = minLatencyNanos;
  }

  /// What happens to the next calls of that kind.
  public void injectNext(String call, CallFault... faults) {
    scriptedFaults.computeIfAbsent(call, _ -> new ArrayDeque<>()).addAll(List.of(faults));
  }

  /// From now on nothing goes wrong.
  public void stopFaults() {
    isStopped = true;
  }

  /// How long a part of a call takes.
  Duration latency() {
    return Duration.ofNanos(random.nextLong(minLatencyNanos, maxLatencyNanos + 1));
  }

  /// @param call its kind
  CallFault nextFault(String call) {
    Deque<CallFault> queuedFaults = scriptedFaults.get(call);
    if (queuedFaults != null && !queuedFaults.isEmpty()) {
      return queuedFaults.remove();
    }
    if (outage) {
      return CallFault.UNAVAILABLE;
    }
    if (isStopped) {
      return CallFault.NONE;
    }
    if (lossyOutage) {
      return random.nextInt(8) == 0 ? randomLostCommit() : CallFault.UNAVAILABLE;
    }
    if (random.nextDouble() >= faultProbability) {
      return CallFault.NONE;
    }
    return random.nextBoolean() ? CallFault.UNAVAILABLE : randomLostCommit();
  }

  private CallFault randomLostCommit() {
    return LOST_COMMITS[random.nextInt(LOST_COMMITS.length)];
  }
}
