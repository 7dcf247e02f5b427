package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.simulation.invariant.Invariants;
import com.poolbrain.webhooks.simulation.scenario.Scenario;
import com.poolbrain.webhooks.simulation.scenario.SimulationRun;
import com.poolbrain.webhooks.simulation.scheduler.SimulationException;
import java.util.ArrayList;
import java.util.List;

/// A simulation of one seed, executed and checked. The same seed gives the same simulation, step by
/// step.
///
/// ```
/// Simulation simulation = Simulation.run(4711);
/// if (!simulation.violations().isEmpty()) {
///   System.out.println(simulation.report());
/// }
/// ```
public final class Simulation {

  private final Scenario scenario;
  private final SimulationRun run;
  private final List<String> violations = new ArrayList<>();

  private Simulation(long seed) {
    this.scenario = Scenario.generate(seed);
    this.run = new SimulationRun(scenario);
  }

  /// Executes and checks the simulation of a seed. The calling thread must be a platform thread.
  public static Simulation run(long seed) {
    Simulation simulation = new Simulation(seed);
    simulation.execute();
    return simulation;
  }

  private void execute() {
    ErrorLog.drain();
    try {
      run.execute();
      violations.addAll(Invariants.check(run));
    } catch (SimulationException exception) {
      violations.add(
          exception.getMessage()
              + (exception.getCause() == null ? "" : ": " + exception.getCause()));
    }
    ErrorLog.drain().forEach(error -> violations.add("logged: " + error));
  }

  public long seed() {
    return scenario.seed();
  }

  /// Describes every violated invariant; empty if all hold.
  public List<String> violations() {
    return List.copyOf(violations);
  }

  /// A hash of every step of every thread.
  public long traceHash() {
    return run.world().scheduler().traceHash();
  }

  /// The number of steps of all threads.
  public long stepCount() {
    return run.world().scheduler().stepCount();
  }

  /// The violations, the parameters and the timeline as text.
  public String report() {
    return "Seed %d:%n%s%n%n%s%n%s%nReproduce: ./webhooks bench simulate --seed %d%n"
        .formatted(
            seed(),
            String.join("\n", violations),
            scenario.describe(),
            run.world().trace().timeline(),
            seed());
  }
}
