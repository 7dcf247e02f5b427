package com.poolbrain.webhooks.testkit.crash;

/// Parameters of a crash test.
///
/// @param rounds number of kills
/// @param seed determines when the node is killed
/// @param eventsPerRound number of events published per round
public record CrashPlan(int rounds, long seed, int eventsPerRound) {

  /// A plan with 400 events per round.
  public static CrashPlan of(int rounds, long seed) {
    return new CrashPlan(rounds, seed, 400);
  }
}
