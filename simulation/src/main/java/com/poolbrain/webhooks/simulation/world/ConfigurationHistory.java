package com.poolbrain.webhooks.simulation.world;

import com.poolbrain.webhooks.domain.CompanyConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every state that the configuration of every company ever had. Guarded by the lock of
/// [SimulatedLedger].
public final class ConfigurationHistory {

  private final List<State> states = new ArrayList<>();

  /// The configuration of one company, until the next state of the same company.
  ///
  /// @param version counted from 1 over all companies
  /// @param fromNanos virtual nanoseconds
  public record State(long version, long fromNanos, CompanyConfig config) {
    private long companyId() {
      return config.company().id();
    }
  }

  /// The version of the latest state; 0 if there is none.
  public long version() {
    return states.size();
  }

  long add(CompanyConfig config, long nowNanos) {
    states.add(new State(version() + 1, nowNanos, config));
    return version();
  }

  /// The current configuration of every company.
  public List<CompanyConfig> current() {
    return changedSince(0);
  }

  List<CompanyConfig> changedSince(long knownVersion) {
    Map<Long, CompanyConfig> latest = new LinkedHashMap<>();
    for (State state : states.subList((int) Math.max(0, knownVersion), states.size())) {
      latest.put(state.companyId(), state.config());
    }
    return List.copyOf(latest.values());
  }

  /// The company as of a version; null if it did not exist.
  public @Nullable CompanyConfig configAt(long version, long companyId) {
    for (State state : states.subList(0, (int) version).reversed()) {
      if (state.companyId() == companyId) {
        return state.config();
      }
    }
    return null;
  }

  /// All states of a company, oldest first.
  public List<State> statesOf(long companyId) {
    return states.stream().filter(state -> state.companyId() == companyId).toList();
  }

  /// The configurations of a company that were in force at some time of an interval, oldest first.
  public List<CompanyConfig> inForce(long companyId, long fromNanos, long toNanos) {
    List<State> all = statesOf(companyId);
    List<CompanyConfig> inForce = new ArrayList<>(1);
    for (int i = 0; i < all.size(); i++) {
      boolean ended = i + 1 < all.size() && all.get(i + 1).fromNanos() < fromNanos;
      if (!ended && all.get(i).fromNanos() <= toNanos) {
        inForce.add(all.get(i).config());
      }
    }
    return inForce;
  }
}
