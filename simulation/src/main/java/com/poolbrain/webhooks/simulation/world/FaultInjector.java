package com.poolbrain.webhooks.simulation.world;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/// Decides the latency and the fault of every call to the ledger.
public final class FaultInjector {

  /// The calls of a ledger.
  public enum LedgerCall {
    REGISTER_NODE,
    RENEW_LEASE,
    EXPIRE_DEAD_NODES,
    DEREGISTER_NODE,
    FIND_STORED_RESPONSES,
    STORE,
    UNOWNED_BACKLOGS,
    CLAIM,
    RECORD_RESULTS,
    SKIP_UNOWNED,
    REOPEN,
    CANCEL;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /// What goes wrong with one call.
  public enum CallFault {
    /// Nothing.
    NONE,
    /// The database cannot be reached.
    UNAVAILABLE,
    /// The database rejects the data.
    REJECTED,
    /// A bug: an exception that no caller expects.
    UNEXPECTED_EXCEPTION,
    /// The connection is lost during the commit, which is rolled back.
    LOST_NOT_STORED,
    /// The connection is lost during the commit, which succeeds.
    LOST_BUT_STORED,
    /// The connection is lost during the commit, which succeeds later.
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
  private final Map<LedgerCall, Deque<CallFault>> scriptedFaults = new EnumMap<>(LedgerCall.class);
  private long minLatencyNanos;
  private long maxLatencyNanos;
  private boolean lossyOutage;
  private boolean outage;
  private boolean isStopped;

  /// @param faultProbability of a call outside outages
  /// @param maxLatencyNanos of half a call, in nanoseconds
  public FaultInjector(SplittableRandom random, double faultProbability, long maxLatencyNanos) {
    this.random = random;
    this.faultProbability = faultProbability;
    this.maxLatencyNanos = maxLatencyNanos;
  }

  /// Begins or ends an outage in which some commits are lost and the other calls fail.
  public void setLossyOutage(boolean active) {
    lossyOutage = active;
  }

  /// Begins or ends an outage in which every call fails.
  public void setOutage(boolean active) {
    outage = active;
  }

  /// From now on half a call takes exactly that long.
  public void fixLatency(Duration halfCall) {
    minLatencyNanos = halfCall.toNanos();
    maxLatencyNanos = minLatencyNanos;
  }

  /// Decides the faults of the next calls of one kind.
  public void injectNext(LedgerCall call, CallFault... faults) {
    scriptedFaults.computeIfAbsent(call, _ -> new ArrayDeque<>()).addAll(List.of(faults));
  }

  /// From now on there are no random faults.
  public void stopFaults() {
    isStopped = true;
  }

  /// The latency of half a call.
  Duration latency() {
    return Duration.ofNanos(random.nextLong(minLatencyNanos, maxLatencyNanos + 1));
  }

  CallFault nextFault(LedgerCall call) {
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
