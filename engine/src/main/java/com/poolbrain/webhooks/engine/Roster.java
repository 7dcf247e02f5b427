package com.poolbrain.webhooks.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The lanes that there are, by endpoint, and the companies that they belong to. Guarded by the
/// lock of [Lanes].
final class Roster {

  private final Map<Long, Tenant> tenants = new HashMap<>();
  private final Map<UUID, Lane> lanes = new HashMap<>();

  Lane lane(Claim claim) {
    return lane(claim.event().companyId(), claim.endpointId());
  }

  Lane lane(long companyId, UUID endpointId) {
    Lane lane = lanes.get(endpointId);
    if (lane == null) {
      lane = new Lane(endpointId, tenants.computeIfAbsent(companyId, Tenant::new));
      lanes.put(endpointId, lane);
    }
    return lane;
  }

  /// The lane of an endpoint; null if there never was one.
  @Nullable Lane find(UUID endpointId) {
    return lanes.get(endpointId);
  }

  /// The lanes of one company.
  List<Lane> of(long companyId) {
    Tenant tenant = tenants.get(companyId);
    return lanes.values().stream().filter(lane -> lane.tenant == tenant).toList();
  }

  List<Lane> all() {
    return new ArrayList<>(lanes.values());
  }

  /// Claims that wait in all of them.
  int waiting() {
    return lanes.values().stream().mapToInt(Lane::waiting).sum();
  }
}
