package com.poolbrain.webhooks.cli.listen;

import java.time.Duration;

/// What a consumer does wrong, on request.
///
/// @param failuresPerDelivery how many attempts of each delivery are refused before one is taken
/// @param status what a refused attempt is answered with
/// @param delay how long every answer is held back
public record FailureMode(int failuresPerDelivery, int status, Duration delay) {

  /// Nothing wrong at all.
  public static final FailureMode NONE = new FailureMode(0, 503, Duration.ZERO);

  /// Refuses this many attempts of each delivery with a 503.
  public static FailureMode failFirst(int attempts) {
    return new FailureMode(attempts, 503, Duration.ZERO);
  }
}
