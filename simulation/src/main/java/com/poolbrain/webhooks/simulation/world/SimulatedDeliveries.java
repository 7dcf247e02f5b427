package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.engine.ledger.UnownedBacklog;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The deliveries of a [SimulatedLedger]. Guarded by its lock.
final class SimulatedDeliveries {

  private static final Comparator<SimulatedDelivery> BY_DUE_TIME =
      Comparator.comparing(SimulatedDelivery::dueAt)
          .thenComparing(SimulatedDelivery::id, UuidV7.ORDER);

  private final Map<UUID, SimulatedDelivery> all = new LinkedHashMap<>();
  private final Map<UUID, SimulatedDelivery> open = new LinkedHashMap<>();

  List<SimulatedDelivery> all() {
    return List.copyOf(all.values());
  }

  int openCount() {
    return open.size();
  }

  @Nullable SimulatedDelivery find(long companyId, UUID id) {
    SimulatedDelivery delivery = all.get(id);
    return delivery != null && delivery.info().event().companyId() == companyId ? delivery : null;
  }

  /// Adds a delivery, or updates the index of open deliveries after a change.
  void save(SimulatedDelivery delivery) {
    all.put(delivery.id(), delivery);
    if (delivery.isOpen()) {
      open.put(delivery.id(), delivery);
    } else {
      open.remove(delivery.id());
    }
  }

  /// Rejects new deliveries whose id exists.
  void rejectDuplicates(List<NewDelivery> newDeliveries) {
    Set<UUID> ids = new HashSet<>();
    for (NewDelivery delivery : newDeliveries) {
      if (all.containsKey(delivery.id()) || !ids.add(delivery.id())) {
        throw new LedgerException.Rejected(
            "delivery " + delivery.id() + " exists", new IllegalArgumentException());
      }
    }
  }

  /// Releases the deliveries of these owners.
  int release(Predicate<UUID> ownerFilter, Instant now) {
    int released = 0;
    for (SimulatedDelivery delivery : open.values()) {
      UUID owner = delivery.owner();
      if (owner != null && ownerFilter.test(owner)) {
        delivery.release(now);
        released++;
      }
    }
    return released;
  }

  List<UnownedBacklog> unownedBacklogs() {
    Map<UUID, Instant> earliestDue = new LinkedHashMap<>();
    for (SimulatedDelivery delivery : open.values()) {
      if (delivery.isUnowned()) {
        earliestDue.merge(
            delivery.info().endpointId(), delivery.dueAt(), (a, b) -> a.isBefore(b) ? a : b);
      }
    }
    return earliestDue.entrySet().stream()
        .map(entry -> new UnownedBacklog(entry.getKey(), entry.getValue()))
        .toList();
  }

  /// Unowned deliveries of an endpoint, longest due first.
  List<SimulatedDelivery> findUnowned(
      UUID endpointId, Predicate<SimulatedDelivery> filter, int limit) {
    return open.values().stream()
        .filter(delivery -> delivery.isUnowned() && filter.test(delivery))
        .filter(delivery -> delivery.info().endpointId().equals(endpointId))
        .sorted(BY_DUE_TIME)
        .limit(limit)
        .toList();
  }

  RecordedResult recordResult(UUID incarnation, AttemptResult result) {
    UUID id = result.claim().id();
    SimulatedDelivery delivery = all.get(id);
    if (delivery == null) {
      return RecordedResult.ofGone(result);
    }
    RecordedResult recordedResult = delivery.recordResult(incarnation, result);
    save(delivery);
    return recordedResult;
  }
}
