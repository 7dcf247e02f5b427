package com.poolbrain.webhooks.bench.scenario;

import com.poolbrain.webhooks.bench.report.TargetCheck;
import java.util.List;
import java.util.Optional;

/// Something that is measured about the service.
public abstract class BenchScenario {

  private final String name;
  private final String description;

  /// @param name on the command line
  /// @param description one sentence
  BenchScenario(String name, String description) {
    this.name = name;
    this.description = description;
  }

  /// All scenarios, in the order in which they run.
  public static List<BenchScenario> all() {
    return List.of(
        new Throughput(),
        new Latency(),
        new Isolation(),
        new Backlog(),
        new ManyCompanies(),
        new StartupTime(),
        new NoisyNeighbour(),
        new HostilePublisher(),
        new Recovery(),
        new Export(),
        new BulkImport(),
        ResponseTimes.ofPages(),
        ResponseTimes.ofQueries(),
        new Soak());
  }

  /// The scenario with a name.
  public static Optional<BenchScenario> find(String name) {
    return all().stream().filter(scenario -> scenario.name.equals(name)).findFirst();
  }

  /// The name on the command line.
  public final String name() {
    return name;
  }

  final String description() {
    return description;
  }

  /// Measures.
  ///
  /// @param context keeps the runs
  /// @return the targets and the measured values
  abstract List<TargetCheck> run(BenchContext context) throws InterruptedException;
}
