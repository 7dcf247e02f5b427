package com.poolbrain.webhooks.engine;

/// What came of asking for a manual attempt.
public sealed interface Reopening {

  /// The caller owns the delivery and makes the attempt.
  record Reopened(Claim claim) implements Reopening {}

  /// An attempt is running or about to start.
  record Busy() implements Reopening {}

  /// The company has no such delivery.
  record Unknown() implements Reopening {}
}
