package com.poolbrain.webhooks.store.partition;

import com.poolbrain.webhooks.store.audit.Audit;
import com.poolbrain.webhooks.store.partition.PartitionDdl.Partition;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Decides which days and months have partitions: always yesterday to a week ahead, and the
/// retention.
///
/// @param dataSource connections without a statement timeout
/// @param retentionDays full days before today that are kept
/// @param audit gets the open deliveries that are dropped
record PartitionPlanner(DataSource dataSource, int retentionDays, Audit audit) {

  private static final Logger log = LoggerFactory.getLogger(PartitionPlanner.class);

  private static final int DAYS_BEHIND = 1;
  private static final int DAYS_AHEAD = 7;

  /// Creates missing partitions.
  ///
  /// @param extraDays further days that must have partitions
  /// @return the last day that has its partitions now
  LocalDate createAhead(LocalDate today, Set<LocalDate> extraDays) throws SQLException {
    LocalDate lastDay = today.plusDays(DAYS_AHEAD);
    Stream<LocalDate> window = today.minusDays(DAYS_BEHIND).datesUntil(lastDay.plusDays(1));
    List<LocalDate> days = Stream.concat(window, extraDays.stream()).distinct().sorted().toList();
    try (Connection connection = dataSource.getConnection()) {
      PartitionDdl ddl = new PartitionDdl(connection);
      if (hasMissing(ddl, days)) {
        ddl.lock();
        for (PartitionedTable table : PartitionedTable.ALL) {
          ddl.create(table, missingDays(ddl, table, days));
        }
      }
    }
    return lastDay;
  }

  /// Whether the day is neither older than the retention nor more than a week ahead.
  boolean isWithinWindow(LocalDate day, LocalDate today) {
    return !day.isBefore(today.minusDays(retentionDays))
        && !day.isAfter(today.plusDays(DAYS_AHEAD));
  }

  /// Drops the partitions of days that are older than the retention, with their open deliveries.
  ///
  /// @return how many open deliveries were deleted
  int dropExpired(LocalDate today) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      PartitionDdl ddl = new PartitionDdl(connection);
      if (!hasExpired(ddl, today)) {
        return 0;
      }
      ddl.lock();
      int deletedRows = deleteExpiredOpen(connection, today.minusDays(retentionDays));
      for (PartitionedTable table : PartitionedTable.ALL) {
        for (Partition partition : ddl.partitions(table)) {
          if (isExpired(table, partition.name(), today)) {
            ddl.detach(table, partition);
          }
        }
        for (String detached : ddl.detached(table)) {
          if (isExpired(table, detached, today)) {
            ddl.drop(detached);
            log.info("Dropped partition {}: it is older than the retention.", detached);
          }
        }
      }
      return deletedRows;
    }
  }

  private int deleteExpiredOpen(Connection connection, LocalDate firstKeptDay) throws SQLException {
    int deletedRows = new ExpiredDeliveries(connection, audit).deleteBefore(firstKeptDay);
    if (deletedRows > 0) {
      log.warn(
          "Deleted {} open deliveries from before {}: they are older than the retention of {} days.",
          deletedRows,
          firstKeptDay,
          retentionDays);
    }
    return deletedRows;
  }

  private boolean hasMissing(PartitionDdl ddl, List<LocalDate> days) throws SQLException {
    for (PartitionedTable table : PartitionedTable.ALL) {
      if (!missingDays(ddl, table, days).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static List<LocalDate> missingDays(
      PartitionDdl ddl, PartitionedTable table, List<LocalDate> days) throws SQLException {
    Set<String> existing =
        ddl.partitions(table).stream().map(Partition::name).collect(Collectors.toSet());
    return days.stream()
        .map(table.span()::firstDay)
        .distinct()
        .filter(day -> !existing.contains(table.partitionName(day)))
        .toList();
  }

  private boolean hasExpired(PartitionDdl ddl, LocalDate today) throws SQLException {
    for (PartitionedTable table : PartitionedTable.ALL) {
      Stream<String> attached = ddl.partitions(table).stream().map(Partition::name);
      Stream<String> detached = ddl.detached(table).stream();
      if (Stream.concat(attached, detached).anyMatch(name -> isExpired(table, name, today))) {
        return true;
      }
    }
    return false;
  }

  private boolean isExpired(PartitionedTable table, String partition, LocalDate today) {
    return table.isExpired(partition, today, retentionDays);
  }
}
