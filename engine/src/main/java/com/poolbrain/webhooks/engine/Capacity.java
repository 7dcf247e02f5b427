package com.poolbrain.webhooks.engine;

/// How much the lanes of one node hold and start.
///
/// @param inFlight attempts at a time over all lanes
/// @param unsettled attempts that are running or whose result is not durable yet
/// @param laneClaims claims that wait in one lane
/// @param narrowClaims claims that wait in the lane of an endpoint that hangs or can't be reached
/// @param bytes that all waiting claims take
record Capacity(int inFlight, int unsettled, int laneClaims, int narrowClaims, long bytes) {

  /// What a claim takes besides its data.
  static final int CLAIM_OVERHEAD = 512;

  /// A lane that holds something takes at most one of so many shares of the bytes that are free.
  static final int SHARES = 16;

  /// What suits that many attempts at a time: a node that makes few does not hoard for many.
  static Capacity of(int maxInFlight) {
    return new Capacity(
        maxInFlight,
        maxInFlight * 4,
        Math.min(maxInFlight * 5, 4_000),
        Math.clamp(maxInFlight, 2, 32),
        Math.clamp(maxInFlight * (320L << 10), 1L << 20, 64L << 20));
  }

  /// Endpoints that hang or can't be reached have this much of `inFlight` together.
  int narrowInFlight() {
    return Math.max(1, inFlight / 4);
  }

  /// Attempts that may fail in a second over all endpoints that hang or can't be reached: each
  /// costs a connection, and its handshake as much as fifty deliveries.
  double troublePerSecond() {
    return Math.max(1, inFlight / 80.0);
  }

  /// Attempts that a company may have begun lately while there are others: so many keep an endpoint
  /// busy that answers at once, and more would only stand before the others at each processor.
  int companyFresh() {
    return Math.max(8, inFlight / 250);
  }

  /// What one company may have of `inFlight` while others wait.
  int companyInFlight() {
    return Math.max(1, inFlight / 2);
  }
}
