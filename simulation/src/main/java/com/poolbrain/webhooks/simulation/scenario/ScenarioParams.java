package com.poolbrain.webhooks.simulation.scenario;

import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.engine.EngineSettings;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// The parameters of a scenario.
///
/// @param preemptProbability that a thread yields at a preemption point
/// @param faultProbability that a call to the ledger fails
/// @param maxLatencyNanos of half a call to the ledger, in nanoseconds
/// @param duration in which events happen; after that the simulation runs until it is idle
public record ScenarioParams(
    int nodeCount,
    EngineSettings engineSettings,
    double preemptProbability,
    double faultProbability,
    long maxLatencyNanos,
    Duration duration,
    FaultKinds faultKinds) {

  /// What may happen besides publishing.
  public record FaultKinds(
      boolean nodeFailures,
      boolean ledgerOutages,
      boolean clockJumps,
      boolean configChanges,
      boolean manualCalls) {}

  private static final int[] NODE_COUNTS = {1, 1, 1, 2, 2, 2, 3, 3, 4, 5};
  private static final int[] MAX_IN_FLIGHT_CHOICES = {1, 2, 4, 8, 16, 40};
  private static final double[] PREEMPT_PROBABILITIES = {0, 0.02, 0.1, 0.3};
  private static final double[] FAULT_PROBABILITIES = {0, 0, 0, 0.003, 0.02, 0.1};
  private static final long[] MAX_LATENCIES_NANOS = {200_000, 2_000_000, 20_000_000, 150_000_000};
  private static final List<List<Duration>> RETRY_DELAYS =
      List.of(
          List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5)),
          List.of(Duration.ofMillis(500), Duration.ofMillis(900)),
          List.of(Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(9)));

  static ScenarioParams generate(SplittableRandom random) {
    int nodeCount = NODE_COUNTS[random.nextInt(NODE_COUNTS.length)];
    EngineSettings engineSettings =
        new EngineSettings(
            Duration.ofMillis(random.nextInt(1_500, 4_000)),
            new RetrySchedule(RETRY_DELAYS.get(random.nextInt(RETRY_DELAYS.size())), 0.1),
            Duration.ofMillis(random.nextInt(400, 2_000)),
            MAX_IN_FLIGHT_CHOICES[random.nextInt(MAX_IN_FLIGHT_CHOICES.length)],
            random.nextInt(1, 7));
    FaultKinds faultKinds =
        new FaultKinds(
            random.nextInt(2) == 0,
            random.nextInt(4) == 0,
            random.nextInt(8) == 0,
            random.nextInt(5) < 3,
            random.nextInt(5) < 2);
    return new ScenarioParams(
        nodeCount,
        engineSettings,
        PREEMPT_PROBABILITIES[random.nextInt(PREEMPT_PROBABILITIES.length)],
        FAULT_PROBABILITIES[random.nextInt(FAULT_PROBABILITIES.length)],
        MAX_LATENCIES_NANOS[random.nextInt(MAX_LATENCIES_NANOS.length)],
        Duration.ofMillis(random.nextInt(3_000, 12_000)),
        faultKinds);
  }

  /// Whether nodes, ledger and clocks work without faults.
  public boolean isFaultFree() {
    return faultProbability == 0
        && !faultKinds.nodeFailures()
        && !faultKinds.ledgerOutages()
        && !faultKinds.clockJumps();
  }
}
