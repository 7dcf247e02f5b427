package com.poolbrain.webhooks.bench.load;

import java.util.List;

/// Requests of several targets that take turns.
///
/// @param templates all with the same number of events in each request
/// @param fanOut deliveries expected of each event; only the first `counted` are counted
public record RoundRobinRequests(List<RequestTemplate> templates, int fanOut, int countedTemplates)
    implements RequestSource {

  public RoundRobinRequests {
    templates = List.copyOf(templates);
  }

  /// All of them counted.
  public RoundRobinRequests(List<RequestTemplate> requests, int copies) {
    this(requests, copies, requests.size());
  }

  @Override
  public int eventsPerRequest() {
    return templates.getFirst().eventsPerRequest();
  }

  @Override
  public byte[] request(int firstEvent) {
    return templates.get(templateIndex(firstEvent)).request(firstEvent);
  }

  @Override
  public int fanOut(int firstEvent) {
    return templateIndex(firstEvent) < countedTemplates ? fanOut : 0;
  }

  private int templateIndex(int firstEvent) {
    return firstEvent / eventsPerRequest() % templates.size();
  }
}
