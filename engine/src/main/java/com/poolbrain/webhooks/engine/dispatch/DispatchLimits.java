package com.poolbrain.webhooks.engine.dispatch;

/// How much the lanes of one node hold and start.
///
/// @param inFlightLimit attempts at a time over all lanes
/// @param unrecordedLimit attempts that are running or whose result is not durable yet
/// @param queueLimit claims that wait in one lane
/// @param degradedQueueLimit claims that wait in the lane of an endpoint that hangs or can't be
///   reached
/// @param byteLimit that all waiting claims take
public record DispatchLimits(
    int inFlightLimit,
    int unrecordedLimit,
    int queueLimit,
    int degradedQueueLimit,
    long byteLimit) {

  /// What a claim takes besides its data.
  static final int CLAIM_OVERHEAD_BYTES = 512;

  /// A lane that holds something takes at most one of so many shares of the bytes that are free.
  static final int FREE_BYTES_DIVISOR = 16;

  /// What suits that many attempts at a time: a node that makes few does not hoard for many.
  public static DispatchLimits of(int maxInFlight) {
    return new DispatchLimits(
        maxInFlight,
        maxInFlight * 4,
        Math.min(maxInFlight * 5, 4_000),
        Math.clamp(maxInFlight, 2, 32),
        Math.clamp(maxInFlight * (320L << 10), 1L << 20, 64L << 20));
  }

  /// Endpoints that hang or can't be reached have this much of `inFlight` together.
  int degradedInFlightLimit() {
    return Math.max(1, inFlightLimit / 4);
  }

  /// Attempts that may fail in a second over all endpoints that hang or can't be reached: each
  /// costs a connection, and its handshake as much as fifty deliveries.
  double failuresPerSecond() {
    return Math.max(1, inFlightLimit / 80.0);
  }

  /// Attempts that a company may have begun lately while there are others: so many keep an endpoint
  /// busy that answers at once, and more would only stand before the others at each processor.
  int companyStartBurst() {
    return Math.max(8, inFlightLimit / 250);
  }

  /// What one company may have of `inFlight` while others wait.
  int companyInFlightLimit() {
    return Math.max(1, inFlightLimit / 2);
  }
}
