package com.poolbrain.webhooks.consumer;

/// The result of claiming a delivery.
public sealed interface ClaimResult permits Claim, ClaimResult.Completed, ClaimResult.InProgress {

  /// The delivery was handled before.
  record Completed() implements ClaimResult {}

  /// Another thread or process is handling the delivery.
  record InProgress() implements ClaimResult {}
}
