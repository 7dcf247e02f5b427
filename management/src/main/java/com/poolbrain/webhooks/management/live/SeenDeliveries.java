package com.poolbrain.webhooks.management.live;

import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.store.query.LoggedDelivery;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/// The deliveries of a company as the last look saw them. Tells what has changed since.
final class SeenDeliveries {

  private static final Comparator<LoggedDelivery> OLDEST_FIRST =
      Comparator.comparing(LoggedDelivery::id, UuidV7.ORDER);

  private Map<UUID, LoggedDelivery> byId = new HashMap<>();

  /// What differs between two looks.
  ///
  /// @param deliveries new and changed ones, oldest first
  /// @param fresh how many of them the look before did not see
  record Changes(List<LoggedDelivery> deliveries, int fresh) {}

  /// Adds deliveries that a viewer has seen already. Those that are known stay as they are.
  void add(Collection<LoggedDelivery> deliveries) {
    deliveries.forEach(delivery -> byId.putIfAbsent(delivery.id(), delivery));
  }

  /// Replaces what the last look saw. What a look no longer sees is forgotten.
  Changes replace(Collection<LoggedDelivery> found) {
    Map<UUID, LoggedDelivery> before = byId;
    byId = new HashMap<>();
    found.forEach(delivery -> byId.put(delivery.id(), delivery));
    List<LoggedDelivery> changed =
        found.stream()
            .filter(delivery -> !delivery.equals(before.get(delivery.id())))
            .sorted(OLDEST_FIRST)
            .toList();
    int fresh =
        (int) changed.stream().filter(delivery -> !before.containsKey(delivery.id())).count();
    return new Changes(changed, fresh);
  }
}
