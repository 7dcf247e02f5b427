package com.poolbrain.webhooks.simulation.invariant;

import com.poolbrain.webhooks.simulation.scenario.SimulationRun;
import java.util.List;

/// Checks every invariant after a simulation.
public final class Invariants {

  private Invariants() {}

  /// Describes every violated invariant; empty if all hold.
  public static List<String> check(SimulationRun run) {
    RunHistory history = new RunHistory(run);
    Violations violations = new Violations();
    new PublishInvariants(history, violations).check();
    new EventInvariants(history, violations).check();
    new RequestInvariants(history, violations).check();
    new LimitInvariants(history, violations).check();
    new StarvationInvariants(history, violations).check();
    new DeliveryInvariants(history, violations).check();
    new ResourceInvariants(run, violations).check();
    return violations.messages();
  }
}
