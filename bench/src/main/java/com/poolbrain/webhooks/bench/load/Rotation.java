package com.poolbrain.webhooks.bench.load;

import java.util.List;

/// Requests of several targets that take turns.
///
/// @param requests all with the same number of events in each request
/// @param copies deliveries expected of each event; only the first `counted` are counted
public record Rotation(List<Template> requests, int copies, int counted) implements Requests {

  public Rotation {
    requests = List.copyOf(requests);
  }

  /// All of them counted.
  public Rotation(List<Template> requests, int copies) {
    this(requests, copies, requests.size());
  }

  @Override
  public int events() {
    return requests.getFirst().events();
  }

  @Override
  public byte[] request(int first) {
    return requests.get(turn(first)).request(first);
  }

  @Override
  public int copies(int first) {
    return turn(first) < counted ? copies : 0;
  }

  private int turn(int first) {
    return first / events() % requests.size();
  }
}
