package com.poolbrain.webhooks.engine.dispatch;

import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.node.EndpointQuota;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// Collects the started claims instead of running them.
final class FakeDispatchContext implements DispatchContext {
  final ArrayDeque<Claim> started = new ArrayDeque<>();
  final Map<UUID, EndpointQuota> quotas = new HashMap<>();
  long now;
  int refillRequests;
  int releaseRequests;
  final List<Claim> dropped = new ArrayList<>();

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public EndpointQuota quota(UUID endpointId) {
    return quotas.getOrDefault(endpointId, new EndpointQuota(16, null));
  }

  @Override
  public void startAttempt(OwnedClaim owned) {
    started.add(owned.claim());
  }

  @Override
  public void requestRelease() {
    releaseRequests++;
  }

  @Override
  public void requestRefill() {
    refillRequests++;
  }

  @Override
  public void claimDropped(Claim claim) {
    dropped.add(claim);
  }

  List<UUID> takeStarted() {
    List<UUID> endpoints = started.stream().map(Claim::endpointId).toList();
    started.clear();
    return endpoints;
  }
}
