package com.poolbrain.webhooks.bench.scenario;

import org.jspecify.annotations.Nullable;

/// How long and how wide runs are.
///
/// @param seconds of each run; null for what suits the scenario
/// @param connections of publishers; null for what suits the scenario
/// @param warmUp seconds before the first run of full load, so that the compiler is done
/// @param backlog deliveries that wait in the scenario of that name; null for what suits it
/// @param quick whether only to see that everything works: the figures mean nothing then
public record Pace(
    @Nullable Integer seconds,
    @Nullable Integer connections,
    int warmUp,
    @Nullable Integer backlog,
    boolean quick) {

  /// Seconds of a run that should take so long.
  public int secondsOr(int suitable) {
    return seconds != null ? seconds : quick ? 1 : suitable;
  }

  /// Connections of a run that should have so many.
  public int connectionsOr(int suitable) {
    return connections != null ? connections : suitable;
  }

  /// Deliveries that wait where so many should.
  int backlogOr(int suitable) {
    return backlog != null ? backlog : suitable;
  }

  /// So many, or few when it is to be quick.
  int many(int suitable, int few) {
    return quick ? few : suitable;
  }
}
