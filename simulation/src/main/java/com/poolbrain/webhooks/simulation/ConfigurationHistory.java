package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.Subscriptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every state that the configuration of all companies ever had. Guarded by the lock of
/// [SimulatedLedger].
final class ConfigurationHistory {

  private final List<Change> changes = new ArrayList<>();

  /// One company, whole, as of a version.
  ///
  /// @param version counted from 1
  private record Change(long version, Subscriptions company) {}

  long version() {
    return changes.size();
  }

  long put(Subscriptions company) {
    changes.add(new Change(version() + 1, company));
    return version();
  }

  List<Subscriptions> changedSince(long known) {
    Map<Long, Subscriptions> latest = new LinkedHashMap<>();
    for (Change change : changes.subList((int) Math.max(0, known), changes.size())) {
      latest.put(change.company().company().id(), change.company());
    }
    return List.copyOf(latest.values());
  }

  /// The company as of a version; null if it did not exist.
  @Nullable Subscriptions at(long version, long companyId) {
    for (Change change : changes.subList(0, (int) version).reversed()) {
      if (change.company().company().id() == companyId) {
        return change.company();
      }
    }
    return null;
  }
}
