package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.CompanyConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every state that the configuration of all companies ever had. Guarded by the lock of
/// [SimulatedLedger].
public final class ConfigurationHistory {

  private final List<Change> changes = new ArrayList<>();

  /// One company, whole, as of a version.
  ///
  /// @param version counted from 1
  private record Change(long version, CompanyConfig config) {}

  public long version() {
    return changes.size();
  }

  long put(CompanyConfig company) {
    changes.add(new Change(version() + 1, company));
    return version();
  }

  List<CompanyConfig> changedSince(long knownVersion) {
    Map<Long, CompanyConfig> latest = new LinkedHashMap<>();
    for (Change change : changes.subList((int) Math.max(0, knownVersion), changes.size())) {
      latest.put(change.config().company().id(), change.config());
    }
    return List.copyOf(latest.values());
  }

  /// The company as of a version; null if it did not exist.
  @Nullable
  public CompanyConfig configAt(long version, long companyId) {
    for (Change change : changes.subList(0, (int) version).reversed()) {
      if (change.config().company().id() == companyId) {
        return change.config();
      }
    }
    return null;
  }
}
