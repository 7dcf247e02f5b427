package com.poolbrain.webhooks.store.partition;

import com.poolbrain.webhooks.store.audit.Audit;
import com.poolbrain.webhooks.store.jdbc.Database;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;

/// Creates partitions in a test database.
public final class PartitionFixture {

  private static final int RETENTION_DAYS = 30;

  private PartitionFixture() {}

  private static UUID noId() {
    throw new IllegalStateException("nothing expires here");
  }

  /// Creates the partitions that a service needs today, by the time of the database.
  public static void createForToday(Database database) {
    createFor(database, LocalDate.ofInstant(database.now(), ZoneOffset.UTC));
  }

  /// Creates the partitions that a service needs on a day.
  public static void createFor(Database database, LocalDate day) {
    try {
      new PartitionPlanner(
              database.maintenanceDataSource(), RETENTION_DAYS, new Audit(PartitionFixture::noId))
          .createAhead(day, Set.of());
    } catch (SQLException e) {
      throw new IllegalStateException("can't create the partitions of " + day, e);
    }
  }
}
