package com.poolbrain.webhooks.engine.dispatch;

/// How much the queues of one node hold and start. The divisors are tuned with the benchmark
/// scenarios `isolation`, `neighbour` and `backlog`.
///
/// @param inFlightLimit attempts at a time over all queues
/// @param unrecordedLimit attempts that run or whose result is not durable yet
/// @param queueLimit claims in one queue
/// @param degradedQueueLimit claims in the queue of a degraded endpoint, which hangs or can't be
///   reached
/// @param byteLimit of all queued claims
public record DispatchLimits(
    int inFlightLimit,
    int unrecordedLimit,
    int queueLimit,
    int degradedQueueLimit,
    long byteLimit) {

  /// Memory that a claim takes besides its data.
  static final int CLAIM_OVERHEAD_BYTES = 512;

  /// A queue that is not empty takes at most this fraction of the free bytes.
  static final int FREE_BYTES_DIVISOR = 16;

  /// Limits in proportion to the number of attempts at a time.
  public static DispatchLimits of(int maxInFlight) {
    return new DispatchLimits(
        maxInFlight,
        maxInFlight * 4,
        Math.min(maxInFlight * 5, 4_000),
        Math.clamp(maxInFlight, 2, 32),
        Math.clamp(maxInFlight * (320L << 10), 1L << 20, 64L << 20));
  }

  /// Attempts at a time over all degraded endpoints.
  int degradedInFlightLimit() {
    return Math.max(1, inFlightLimit / 4);
  }

  /// Attempts per second that may fail over all degraded endpoints. Each failure costs a
  /// connection, whose handshake takes as much CPU as fifty deliveries.
  double failuresPerSecond() {
    return Math.max(1, inFlightLimit / 80.0);
  }

  /// Recently started attempts that one company may have while other companies are active. As many
  /// keep a fast endpoint busy; more would only delay the other companies at each processor.
  int companyStartBurst() {
    return Math.max(8, inFlightLimit / 250);
  }

  /// Attempts at a time of one company while other companies wait.
  int companyInFlightLimit() {
    return Math.max(1, inFlightLimit / 2);
  }
}
