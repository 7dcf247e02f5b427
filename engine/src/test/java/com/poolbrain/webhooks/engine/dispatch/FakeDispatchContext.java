package com.poolbrain.webhooks.engine.dispatch;

import com.poolbrain.webhooks.engine.ledger.Claim;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Keeps what was started instead of running it.
final class FakeDispatchContext implements DispatchContext {
  final ArrayDeque<Claim> started = new ArrayDeque<>();
  final Map<UUID, EndpointQuota> quotas = new HashMap<>();
  long now;
  int hungry;
  int throttled;

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public EndpointQuota quota(UUID endpointId) {
    return quotas.getOrDefault(endpointId, new EndpointQuota(16, null));
  }

  @Override
  public void startAttempt(OwnedClaim ownedClaim) {
    started.add(ownedClaim.claim());
  }

  @Override
  public void requestRelease() {
    throttled++;
  }

  @Override
  public void requestRefill() {
    hungry++;
  }

  List<UUID> takeStarted() {
    List<UUID> endpoints = started.stream().map(Claim::endpointId).toList();
    started.clear();
    return endpoints;
  }
}
