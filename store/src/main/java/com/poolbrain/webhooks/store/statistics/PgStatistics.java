package com.poolbrain.webhooks.store.statistics;

import com.poolbrain.webhooks.domain.statistics.EndpointActivity;
import com.poolbrain.webhooks.engine.statistics.CountKey;
import com.poolbrain.webhooks.engine.statistics.Counts;
import com.poolbrain.webhooks.engine.statistics.StatisticsStore;
import com.poolbrain.webhooks.store.jdbc.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// Statistics and health in PostgreSQL.
public final class PgStatistics implements StatisticsStore {

  private final StatisticsTable table;
  private final StatisticsFold statisticsFold;
  private final HealthTable healthTable;

  /// @param transactions with a statement timeout of a few seconds
  /// @param retention of deliveries
  public PgStatistics(Transactions transactions, Duration retention) {
    table = new StatisticsTable(transactions);
    statisticsFold = new StatisticsFold(transactions, retention);
    healthTable = new HealthTable(transactions);
  }

  @Override
  public void add(UUID writer, long batch, Map<CountKey, Counts> counts) {
    table.add(writer, batch, counts);
  }

  @Override
  public Set<UUID> updateHealth(Map<UUID, EndpointActivity> activity, Instant now) {
    return healthTable.update(activity, now);
  }

  @Override
  public boolean fold(Instant now) {
    return statisticsFold.run(now);
  }
}
