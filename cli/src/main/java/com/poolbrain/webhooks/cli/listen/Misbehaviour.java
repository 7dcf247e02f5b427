package com.poolbrain.webhooks.cli.listen;

import java.time.Duration;

/// What a consumer does wrong, on request.
///
/// @param fail how many attempts of each delivery are refused before one is taken
/// @param status what a refused attempt is answered with
/// @param delay how long every answer is held back
public record Misbehaviour(int fail, int status, Duration delay) {

  /// Nothing wrong at all.
  public static final Misbehaviour NONE = new Misbehaviour(0, 503, Duration.ZERO);

  /// Refuses this many attempts of each delivery with a 503.
  public static Misbehaviour failing(int attempts) {
    return new Misbehaviour(attempts, 503, Duration.ZERO);
  }
}
