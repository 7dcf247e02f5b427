package com.poolbrain.webhooks.engine;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Keeps what was started instead of running it.
final class Desk implements Surroundings {
  final ArrayDeque<Claim> started = new ArrayDeque<>();
  final Map<UUID, Pace> paces = new HashMap<>();
  long now;
  int hungry;
  int throttled;

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public Pace pace(UUID endpointId) {
    return paces.getOrDefault(endpointId, new Pace(16, null));
  }

  @Override
  public void start(Owned owned) {
    started.add(owned.claim());
  }

  @Override
  public void throttled() {
    throttled++;
  }

  @Override
  public void hungry() {
    hungry++;
  }

  List<UUID> takeStarted() {
    List<UUID> endpoints = started.stream().map(Claim::endpointId).toList();
    started.clear();
    return endpoints;
  }
}
