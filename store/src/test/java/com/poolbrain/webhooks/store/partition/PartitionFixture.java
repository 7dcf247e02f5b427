package com.poolbrain.webhooks.store.partition;

import com.poolbrain.webhooks.store.jdbc.Database;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;

/// Creates partitions in a test database.
public final class PartitionFixture {

  private static final int RETENTION_DAYS = 30;

  private PartitionFixture() {}

  /// Creates the partitions that a service needs today, by the time of the database.
  public static void createForToday(Database database) {
    createFor(database, LocalDate.ofInstant(database.now(), ZoneOffset.UTC));
  }

  /// Creates the partitions that a service needs on a day.
  public static void createFor(Database database, LocalDate day) {
    try {
      new PartitionPlanner(database.maintenanceDataSource(), RETENTION_DAYS)
          .createAhead(day, Set.of());
    } catch (SQLException e) {
      throw new IllegalStateException("can't create the partitions of " + day, e);
    }
  }
}
