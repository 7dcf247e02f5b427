package com.poolbrain.webhooks.management.support;

import com.poolbrain.webhooks.engine.EngineStats;
import com.poolbrain.webhooks.management.Operation;
import com.poolbrain.webhooks.management.Principal;
import com.poolbrain.webhooks.store.statistics.FailingEndpoints;
import com.poolbrain.webhooks.store.statistics.FailingEndpoints.FailingEndpoint;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// The health of the whole system, for operators.
public final class SystemHealth {

  /// Failing endpoints that are listed.
  public static final int MAX_FAILING = 20;

  private final Supplier<EngineStats> stats;
  private final BooleanSupplier database;
  private final FailingEndpoints failingEndpoints;

  /// @param stats of this node
  /// @param database whether it is reachable
  public SystemHealth(
      Supplier<EngineStats> stats, BooleanSupplier database, FailingEndpoints failingEndpoints) {
    this.stats = stats;
    this.database = database;
    this.failingEndpoints = failingEndpoints;
  }

  /// The present health.
  ///
  /// @param node load of this node
  /// @param failing endpoints of all companies that have failed longest, at most [#MAX_FAILING]
  public record Health(
      EngineStats node, boolean isDatabaseReachable, List<FailingEndpoint> failing) {

    public Health {
      failing = List.copyOf(failing);
    }

    /// Whether nothing is wrong with the system itself. Endpoints may fail nevertheless.
    public boolean isHealthy() {
      return isDatabaseReachable && node.isLeaseFresh();
    }
  }

  public Health get(Principal principal) {
    Operation.USE_SUPPORT_CONSOLE.require(principal);
    return new Health(stats.get(), database.getAsBoolean(), failingEndpoints.find(MAX_FAILING));
  }
}
