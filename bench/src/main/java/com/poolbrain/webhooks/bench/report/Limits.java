package com.poolbrain.webhooks.bench.report;

/// What the machine can do at most: µs of CPU of each step of a delivery alone, both ends.
///
/// @param publish one publish over HTTP that is answered at once
/// @param post one HTTPS post by the client that deliveries use
/// @param cycle one storage cycle, in batches of 100: stored and settled, with PostgreSQL's part
/// @param cycleOf1000 the same in batches of 1,000
/// @param syncsPerSecond how often 8 KiB can be forced to disk, one after the other
public record Limits(
    double publish, double post, double cycle, double cycleOf1000, double syncsPerSecond) {

  private static final double MICROS_OF_TWO_CORES = 2_000_000;

  /// Deliveries a second that two cores could make if nothing else were to be done.
  public double perSecond() {
    return MICROS_OF_TWO_CORES / (publish + post + cycle);
  }
}
