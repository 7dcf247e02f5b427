package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.Backlog;
import com.poolbrain.webhooks.engine.LedgerException;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Settlement;
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

/// All deliveries there are. Guarded by the lock of [SimulatedLedger].
final class Deliveries {

  private static final Comparator<Delivery> LONGEST_DUE =
      Comparator.comparing(Delivery::dueAt).thenComparing(delivery -> delivery.id().toString());

  private final Map<UUID, Delivery> all = new LinkedHashMap<>();
  private final Map<UUID, Delivery> open = new LinkedHashMap<>();

  List<Delivery> all() {
    return List.copyOf(all.values());
  }

  int unfinished() {
    return open.size();
  }

  @Nullable Delivery of(long companyId, UUID id) {
    Delivery delivery = all.get(id);
    return delivery != null && delivery.made().event().companyId() == companyId ? delivery : null;
  }

  /// Puts a delivery where it belongs after it changed.
  void keep(Delivery delivery) {
    all.put(delivery.id(), delivery);
    if (delivery.open()) {
      open.put(delivery.id(), delivery);
    } else {
      open.remove(delivery.id());
    }
  }

  /// No two deliveries have the same id.
  void refuseDoubles(List<NewDelivery> made) {
    Set<UUID> ids = new HashSet<>();
    for (NewDelivery delivery : made) {
      if (all.containsKey(delivery.id()) || !ids.add(delivery.id())) {
        throw new LedgerException.Refused(
            "delivery " + delivery.id() + " is there", new IllegalArgumentException());
      }
    }
  }

  /// Frees what those own.
  int free(Predicate<UUID> owners, Instant now) {
    int freed = 0;
    for (Delivery delivery : open.values()) {
      UUID owner = delivery.owner();
      if (owner != null && owners.test(owner)) {
        delivery.free(now);
        freed++;
      }
    }
    return freed;
  }

  List<Backlog> backlogs() {
    Map<UUID, Instant> first = new LinkedHashMap<>();
    for (Delivery delivery : open.values()) {
      if (delivery.waits()) {
        first.merge(
            delivery.made().endpointId(), delivery.dueAt(), (a, b) -> a.isBefore(b) ? a : b);
      }
    }
    return first.entrySet().stream()
        .map(entry -> new Backlog(entry.getKey(), entry.getValue()))
        .toList();
  }

  /// Those of an endpoint that nobody owns, longest due first.
  List<Delivery> waiting(UUID endpointId, Predicate<Delivery> which, int limit) {
    return open.values().stream()
        .filter(delivery -> delivery.waits() && which.test(delivery))
        .filter(delivery -> delivery.made().endpointId().equals(endpointId))
        .sorted(LONGEST_DUE)
        .limit(limit)
        .toList();
  }

  Settled settle(UUID incarnation, Settlement settlement, Instant now) {
    UUID id = settlement.claim().id();
    Delivery delivery = all.get(id);
    if (delivery == null) {
      return new Settled(id, 0, wanted(settlement.verdict()), true);
    }
    Settled settled = delivery.settle(incarnation, settlement, now);
    keep(delivery);
    return settled;
  }

  /// What is answered for a delivery that is not there.
  private static DeliveryStatus wanted(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Done _ -> DeliveryStatus.DELIVERED;
      case Verdict.Skip _ -> DeliveryStatus.SKIPPED;
      case Verdict.GiveUp _, Verdict.RetryAt _, Verdict.Unchanged _ ->
          DeliveryStatus.PERMANENTLY_FAILED;
    };
  }
}
