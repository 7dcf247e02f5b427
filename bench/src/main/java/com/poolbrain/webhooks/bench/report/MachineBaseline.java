package com.poolbrain.webhooks.bench.report;

/// What the machine can do at most: µs of CPU of each step of a delivery alone, both ends.
///
/// @param publishMicros one publish over HTTP that is answered at once
/// @param postMicros one HTTPS post by the client that deliveries use
/// @param storageCycleMicros one storage cycle, in batches of 100: stored and settled, with
///   PostgreSQL's part
/// @param storageCycleOf1000Micros the same in batches of 1,000
/// @param syncsPerSecond how often 8 KiB can be forced to disk, one after the other
public record MachineBaseline(
    double publishMicros,
    double postMicros,
    double storageCycleMicros,
    double storageCycleOf1000Micros,
    double syncsPerSecond) {

  private static final double TWO_CORES_MICROS = 2_000_000;

  /// Deliveries a second that two cores could make if nothing else were to be done.
  public double maxDeliveriesPerSecond() {
    return TWO_CORES_MICROS / (publishMicros + postMicros + storageCycleMicros);
  }
}
