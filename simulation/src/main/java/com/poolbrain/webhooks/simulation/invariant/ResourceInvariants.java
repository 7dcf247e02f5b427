package com.poolbrain.webhooks.simulation.invariant;

import com.poolbrain.webhooks.engine.EngineSettings;
import com.poolbrain.webhooks.engine.EngineStats;
import com.poolbrain.webhooks.simulation.scenario.SimulationRun;
import com.poolbrain.webhooks.simulation.world.SimulatedNode;

/// No node holds more deliveries and results than its memory limits allow, and a node that has shut
/// down leaves no thread.
final class ResourceInvariants {

  /// The engine's limit of concurrent manual attempts.
  private static final int MAX_MANUAL_ATTEMPTS = 12;

  private final SimulationRun run;
  private final Violations violations;

  ResourceInvariants(SimulationRun run, Violations violations) {
    this.run = run;
    this.violations = violations;
  }

  void check() {
    for (SimulatedNode node : run.nodes()) {
      int remaining = node.remainingThreads();
      violations.addUnless(
          remaining == 0,
          () -> node.name() + " shut down with " + remaining + " threads still running");
    }
    EngineSettings settings = run.scenario().params().engineSettings();
    // Twice the queue limit, because claims may arrive while new deliveries reserve capacity.
    int maxWaiting = run.scenario().endpointCount() * 2 * Math.max(2, settings.maxInFlight() * 5);
    int maxUnrecorded = settings.maxInFlight() * 4 + MAX_MANUAL_ATTEMPTS;
    for (SimulationRun.StatsSample sample : run.statsSamples()) {
      EngineStats stats = sample.stats();
      violations.addUnless(
          stats.waiting() <= maxWaiting && stats.unrecorded() <= maxUnrecorded,
          () -> sample.node() + " exceeds its memory limits: " + stats);
    }
  }
}
