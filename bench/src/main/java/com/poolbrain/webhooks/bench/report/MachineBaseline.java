package com.poolbrain.webhooks.bench.report;

/// The limits of the machine: CPU time of each step of a delivery alone, client and server
/// together.
///
/// @param cores processors of the machine
/// @param publishMicros a publish over HTTP that is accepted without storing
/// @param postMicros an HTTPS request by the transport of the service
/// @param storageCycleMicros storing a delivery and its result in batches of 100, with PostgreSQL
/// @param storageCycleOf1000Micros the same in batches of 1,000
/// @param syncsPerSecond sequential writes of 8 KiB that are forced to disk
public record MachineBaseline(
    int cores,
    double publishMicros,
    double postMicros,
    double storageCycleMicros,
    double storageCycleOf1000Micros,
    double syncsPerSecond) {

  /// CPU time of all cores in one second.
  long microsPerSecond() {
    return cores * 1_000_000L;
  }

  /// Deliveries per second if the cores did nothing but these steps.
  public double maxDeliveriesPerSecond() {
    return microsPerSecond() / (publishMicros + postMicros + storageCycleMicros);
  }
}
