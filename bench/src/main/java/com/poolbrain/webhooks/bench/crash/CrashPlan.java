package com.poolbrain.webhooks.bench.crash;

/// How often a node is killed.
///
/// @param seed decides the moments
/// @param eventsPerRound that are published in each round
public record CrashPlan(int rounds, long seed, int eventsPerRound) {

  /// Short rounds, as many as are asked for.
  public static CrashPlan of(int rounds, long seed) {
    return new CrashPlan(rounds, seed, 400);
  }
}
