package com.poolbrain.webhooks.bench.scenario;

import java.util.List;
import java.util.Optional;

/// All scenarios.
public final class Scenarios {

  private static final List<Scenario> ALL =
      List.of(
          new Throughput(),
          new Latency(),
          new Isolation(),
          new Backlog(),
          new ManyCompanies(),
          new StartupTime(),
          new NoisyNeighbour(),
          new Soak());

  private Scenarios() {}

  /// All of them, in the order in which they run.
  public static List<Scenario> all() {
    return ALL;
  }

  /// The one of that name.
  public static Optional<Scenario> find(String name) {
    return ALL.stream().filter(scenario -> scenario.name().equals(name)).findFirst();
  }
}
