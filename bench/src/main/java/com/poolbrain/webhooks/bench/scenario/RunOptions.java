package com.poolbrain.webhooks.bench.scenario;

import org.jspecify.annotations.Nullable;

/// How long and how wide runs are.
///
/// @param runSeconds of each run; null for what suits the scenario
/// @param connectionCount of publishers; null for what suits the scenario
/// @param warmUpSeconds seconds before the first run of full load, so that the compiler is done
/// @param backlogSize deliveries that wait in the scenario of that name; null for what suits it
/// @param quick whether only to see that everything works: the figures mean nothing then
public record RunOptions(
    @Nullable Integer runSeconds,
    @Nullable Integer connectionCount,
    int warmUpSeconds,
    @Nullable Integer backlogSize,
    boolean quick) {

  /// Seconds of a run that should take so long.
  public int secondsOr(int defaultValue) {
    return runSeconds != null ? runSeconds : quick ? 1 : defaultValue;
  }

  /// Connections of a run that should have so many.
  public int connectionsOr(int defaultValue) {
    return connectionCount != null ? connectionCount : defaultValue;
  }

  /// Deliveries that wait where so many should.
  int backlogOr(int defaultValue) {
    return backlogSize != null ? backlogSize : defaultValue;
  }

  /// So many, or few when it is to be quick.
  int fullOrQuick(int defaultValue, int quickValue) {
    return quick ? quickValue : defaultValue;
  }
}
