package com.poolbrain.webhooks.bench.scenario;

/// What is published in one run.
///
/// @param connections of publishers
/// @param requestsPerSecond requests a second on a fixed schedule; 0 for as many as are answered
/// @param seconds for which it is published
public record LoadProfile(String name, int connections, int requestsPerSecond, int seconds) {

  /// As many as are answered.
  static LoadProfile closedLoop(String name, int connections, int seconds) {
    return new LoadProfile(name, connections, 0, seconds);
  }
}
