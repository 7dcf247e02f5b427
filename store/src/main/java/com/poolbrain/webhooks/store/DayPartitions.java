package com.poolbrain.webhooks.store;

import com.poolbrain.webhooks.store.PartitionUpkeep.Partition;
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

/// Which days have partitions: yesterday to a week ahead always, older ones as long as they are
/// kept.
///
/// @param connections without limits on time
/// @param retentionDays whole days before today that are kept
record DayPartitions(DataSource connections, int retentionDays) {

  private static final Logger log = LoggerFactory.getLogger(DayPartitions.class);

  private static final int DAYS_BEHIND = 1;
  private static final int DAYS_AHEAD = 7;

  /// Makes what is missing.
  ///
  /// @param others days that are made too
  /// @return the last day that has its partitions now
  LocalDate makeAhead(LocalDate today, Set<LocalDate> others) throws SQLException {
    LocalDate last = today.plusDays(DAYS_AHEAD);
    Stream<LocalDate> always = today.minusDays(DAYS_BEHIND).datesUntil(last.plusDays(1));
    List<LocalDate> days = Stream.concat(always, others.stream()).distinct().sorted().toList();
    try (Connection connection = connections.getConnection()) {
      PartitionUpkeep upkeep = new PartitionUpkeep(connection);
      if (anyMissing(upkeep, days)) {
        upkeep.takeTurn();
        for (PartitionedTable table : PartitionedTable.ALL) {
          upkeep.make(table, missing(upkeep, table, days));
        }
      }
    }
    return last;
  }

  /// Whether a day is neither older than what is kept nor farther ahead than what is made.
  boolean hasPlaceFor(LocalDate day, LocalDate today) {
    return !day.isBefore(today.minusDays(retentionDays))
        && !day.isAfter(today.plusDays(DAYS_AHEAD));
  }

  /// Drops the days that are older than what is kept, with what is still open of them.
  ///
  /// @return open deliveries that were removed
  int dropOld(LocalDate today) throws SQLException {
    try (Connection connection = connections.getConnection()) {
      PartitionUpkeep upkeep = new PartitionUpkeep(connection);
      if (!anyOld(upkeep, today)) {
        return 0;
      }
      upkeep.takeTurn();
      int removed = removeOpen(upkeep, today.minusDays(retentionDays));
      for (PartitionedTable table : PartitionedTable.ALL) {
        for (Partition partition : upkeep.partitions(table)) {
          if (old(table, partition.name(), today)) {
            upkeep.detach(table, partition);
          }
        }
        for (String detached : upkeep.detached(table)) {
          if (old(table, detached, today)) {
            upkeep.drop(detached);
            log.info("Dropped {}: older than the {} days that are kept", detached, retentionDays);
          }
        }
      }
      return removed;
    }
  }

  private int removeOpen(PartitionUpkeep upkeep, LocalDate keptFrom) throws SQLException {
    int removed = upkeep.removeOpen(keptFrom);
    if (removed > 0) {
      log.warn(
          "Gave up {} deliveries from before {} that were still open: they are older than the {} days that are kept",
          removed,
          keptFrom,
          retentionDays);
    }
    return removed;
  }

  private boolean anyMissing(PartitionUpkeep upkeep, List<LocalDate> days) throws SQLException {
    for (PartitionedTable table : PartitionedTable.ALL) {
      if (!missing(upkeep, table, days).isEmpty()) {
        return true;
      }
    }
    return false;
  }

  private static List<LocalDate> missing(
      PartitionUpkeep upkeep, PartitionedTable table, List<LocalDate> days) throws SQLException {
    Set<String> there =
        upkeep.partitions(table).stream().map(Partition::name).collect(Collectors.toSet());
    return days.stream().filter(day -> !there.contains(table.partition(day))).toList();
  }

  private boolean anyOld(PartitionUpkeep upkeep, LocalDate today) throws SQLException {
    for (PartitionedTable table : PartitionedTable.ALL) {
      Stream<String> attached = upkeep.partitions(table).stream().map(Partition::name);
      Stream<String> detached = upkeep.detached(table).stream();
      if (Stream.concat(attached, detached).anyMatch(name -> old(table, name, today))) {
        return true;
      }
    }
    return false;
  }

  private boolean old(PartitionedTable table, String partition, LocalDate today) {
    LocalDate keptFrom = table.keptFrom(today, retentionDays);
    return table.day(partition).filter(day -> day.isBefore(keptFrom)).isPresent();
  }
}
