package com.poolbrain.webhooks.bench.scenario;

import org.jspecify.annotations.Nullable;

/// Duration and size of runs. Null means the default of the scenario.
///
/// @param runSeconds publishing time of each run
/// @param connectionCount connections of publishers
/// @param warmUpSeconds full load before the first run, so that the JVM has compiled the service
/// @param deliveries in the database when a scenario begins
/// @param quick runs that only show that everything works; their figures mean nothing
public record RunOptions(
    @Nullable Integer runSeconds,
    @Nullable Integer connectionCount,
    int warmUpSeconds,
    @Nullable Integer deliveries,
    boolean quick) {

  /// Seconds of a run.
  public int secondsOr(int defaultValue) {
    return runSeconds != null ? runSeconds : fullOrQuick(defaultValue, 1);
  }

  /// Connections of a run.
  public int connectionsOr(int defaultValue) {
    return connectionCount != null ? connectionCount : defaultValue;
  }

  int deliveriesOr(int defaultValue, int quickValue) {
    return deliveries != null ? deliveries : fullOrQuick(defaultValue, quickValue);
  }

  int fullOrQuick(int fullValue, int quickValue) {
    return quick ? quickValue : fullValue;
  }
}
