package com.poolbrain.webhooks.bench.load;

import java.time.Instant;
import java.util.List;

/// The publish requests of a run. The targets take turns.
public final class RoundRobinRequests {

  private final List<RequestTemplate> templates;
  private final int fanOut;
  private final int countedTargets;

  /// Requests whose deliveries are all counted.
  ///
  /// @param targets all with the same number of events in each request
  /// @param fanOut deliveries of each event; 0 if they are not counted
  public RoundRobinRequests(List<PublishTarget> targets, EventMarkers markers, int fanOut) {
    this(targets, markers, fanOut, targets.size());
  }

  /// @param countedTargets deliveries are counted only for this many targets, the first ones
  public RoundRobinRequests(
      List<PublishTarget> targets, EventMarkers markers, int fanOut, int countedTargets) {
    Instant eventTime = Instant.now();
    templates =
        targets.stream().map(target -> new RequestTemplate(target, markers, eventTime)).toList();
    this.fanOut = fanOut;
    this.countedTargets = countedTargets;
  }

  /// Events in each request.
  int eventsPerRequest() {
    return templates.getFirst().eventsPerRequest();
  }

  /// The most deliveries of an event.
  public int fanOut() {
    return fanOut;
  }

  /// Counted deliveries of each event of a request.
  int fanOut(int firstEvent) {
    return templateIndex(firstEvent) < countedTargets ? fanOut : 0;
  }

  byte[] request(int firstEvent) {
    return templates.get(templateIndex(firstEvent)).request(firstEvent);
  }

  private int templateIndex(int firstEvent) {
    return firstEvent / eventsPerRequest() % templates.size();
  }
}
