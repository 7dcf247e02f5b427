package com.poolbrain.webhooks.bench.scenario;

/// What is published in one run.
///
/// @param connections of publishers
/// @param rate requests a second on a fixed schedule; 0 for as many as are answered
/// @param seconds for which it is published
public record Load(String name, int connections, int rate, int seconds) {

  /// As many as are answered.
  static Load closed(String name, int connections, int seconds) {
    return new Load(name, connections, 0, seconds);
  }
}
