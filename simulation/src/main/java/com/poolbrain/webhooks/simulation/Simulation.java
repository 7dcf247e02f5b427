package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.simulation.invariant.DeliveryInvariants;
import com.poolbrain.webhooks.simulation.invariant.EventInvariants;
import com.poolbrain.webhooks.simulation.invariant.LimitInvariants;
import com.poolbrain.webhooks.simulation.invariant.PublishInvariants;
import com.poolbrain.webhooks.simulation.invariant.RequestInvariants;
import com.poolbrain.webhooks.simulation.invariant.StarvationInvariants;
import com.poolbrain.webhooks.simulation.invariant.Violations;
import com.poolbrain.webhooks.simulation.scenario.ManualCall;
import com.poolbrain.webhooks.simulation.scenario.Scenario;
import com.poolbrain.webhooks.simulation.scenario.ScenarioEvent;
import com.poolbrain.webhooks.simulation.scenario.SimulationRun;
import com.poolbrain.webhooks.simulation.scheduler.SimulationException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/// What a seed makes happen, played and examined. The same seed is the same story, to the last
/// step.
///
/// ```
/// Story story = Story.of(4711);
/// if (!story.problems().isEmpty()) {
///   System.out.println(story.report());
/// }
/// ```
public final class Simulation {

  private final Scenario scenario;
  private final SimulationRun simulationRun;
  private final Violations violations = new Violations();

  private Simulation(long seed) {
    this.scenario = Scenario.generate(seed);
    this.simulationRun = new SimulationRun(scenario);
  }

  /// Plays the story of a seed. The calling thread must be a platform thread.
  public static Simulation run(long seed) {
    Simulation simulation = new Simulation(seed);
    simulation.execute();
    return simulation;
  }

  private void execute() {
    ErrorLog.drain();
    try {
      simulationRun.execute();
      checkInvariants();
    } catch (SimulationException exception) {
      violations.add(
          exception.getMessage()
              + (exception.getCause() == null ? "" : ": " + exception.getCause()));
    }
    ErrorLog.drain().forEach(error -> violations.add("logged: " + error));
  }

  private void checkInvariants() {
    Set<UUID> redelivered = new HashSet<>();
    for (ManualCall manualCall : simulationRun.manualCalls()) {
      if (manualCall.action() == ScenarioEvent.ManualAction.REDELIVER) {
        redelivered.add(manualCall.targetId());
      }
    }
    new PublishInvariants(simulationRun, violations).check();
    new EventInvariants(simulationRun, violations).check();
    new RequestInvariants(simulationRun, violations, redelivered).check();
    new LimitInvariants(simulationRun, violations, redelivered).check();
    new StarvationInvariants(simulationRun, violations, redelivered).check();
    DeliveryInvariants deliveryInvariants =
        new DeliveryInvariants(simulationRun, violations, redelivered);
    deliveryInvariants.check();
    deliveryInvariants.checkManualCalls();
    simulationRun.resourceViolations().forEach(violations::add);
  }

  public long seed() {
    return scenario.seed();
  }

  /// What went wrong, in sentences; empty for a story that is as it should be.
  public List<String> violations() {
    return List.copyOf(violations.messages());
  }

  /// A number that depends on every step of every thread.
  public long traceHash() {
    return simulationRun.world().scheduler().traceHash();
  }

  /// How many steps the threads made.
  public long stepCount() {
    return simulationRun.world().scheduler().stepCount();
  }

  /// The whole story, to be read: what went wrong, under which conditions, and what happened when.
  public String report() {
    return "Story %d:%n%s%n%n%s%n%s%nAgain: ./webhooks bench simulate --seed %d%n"
        .formatted(
            seed(),
            String.join("\n", violations.messages()),
            scenario.describe(),
            simulationRun.world().trace().timeline(),
            seed());
  }
}
