package com.poolbrain.webhooks.bench.load;

/// The load of one run.
///
/// @param connections of publishers
/// @param requestsPerSecond on a fixed schedule; 0 for a closed loop, which sends a request as soon
///   as the last one was answered
/// @param seconds of publishing
public record LoadProfile(String name, int connections, int requestsPerSecond, int seconds) {

  private static final int MAX_CLOSED_LOOP_EVENTS_PER_SECOND = 60_000;

  /// A load without a schedule.
  public static LoadProfile closedLoop(String name, int connections, int seconds) {
    return new LoadProfile(name, connections, 0, seconds);
  }

  /// The most events that a run can publish.
  int maxEvents(int eventsPerRequest) {
    long eventsPerSecond =
        requestsPerSecond == 0
            ? MAX_CLOSED_LOOP_EVENTS_PER_SECOND
            : (long) requestsPerSecond * eventsPerRequest;
    return Math.toIntExact(eventsPerSecond * seconds + eventsPerRequest);
  }
}
