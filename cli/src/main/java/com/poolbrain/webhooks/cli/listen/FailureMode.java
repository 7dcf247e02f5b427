package com.poolbrain.webhooks.cli.listen;

import java.time.Duration;

/// Failures that a [WebhookHandler] simulates.
///
/// @param failuresPerDelivery number of attempts of each delivery that fail before one succeeds
/// @param status status code of a failed attempt
/// @param delay delay of every response
public record FailureMode(int failuresPerDelivery, int status, Duration delay) {

  /// No failures.
  public static final FailureMode NONE = new FailureMode(0, 503, Duration.ZERO);

  /// Fails this many attempts of each delivery with a 503.
  public static FailureMode failFirst(int attempts) {
    return new FailureMode(attempts, 503, Duration.ZERO);
  }
}
