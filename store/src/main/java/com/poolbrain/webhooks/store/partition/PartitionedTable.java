package com.poolbrain.webhooks.store.partition;

import com.poolbrain.webhooks.domain.UuidV7;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A table with one partition per day or month (UTC). A partition has the name of its first day.
///
/// @param fixedRetentionDays days before today that are kept, whatever the configured retention; 0
///   for the configured retention
record PartitionedTable(String name, PartitionKey partitionKey, Span span, int fixedRetentionDays) {

  private static final int AUDIT_RETENTION_DAYS = 2 * 366;

  static final List<PartitionedTable> ALL =
      List.of(
          new PartitionedTable("event", PartitionKey.UUID_V7, Span.DAY, 0),
          new PartitionedTable("delivery", PartitionKey.UUID_V7, Span.DAY, 0),
          new PartitionedTable("attempt", PartitionKey.UUID_V7, Span.DAY, 0),
          new PartitionedTable("event_ref", PartitionKey.UUID_V7, Span.DAY, 0),
          new PartitionedTable("idempotency", PartitionKey.DATE, Span.DAY, 1),
          new PartitionedTable("audit", PartitionKey.UUID_V7, Span.MONTH, AUDIT_RETENTION_DAYS));

  private static final Pattern DAY_SUFFIX = Pattern.compile("_(\\d{8})$");

  /// The type of the partition key.
  enum PartitionKey {
    UUID_V7,
    DATE
  }

  /// The time that one partition covers.
  enum Span {
    DAY,
    MONTH;

    LocalDate firstDay(LocalDate day) {
      return this == DAY ? day : day.withDayOfMonth(1);
    }

    LocalDate next(LocalDate firstDay) {
      return this == DAY ? firstDay.plusDays(1) : firstDay.plusMonths(1);
    }
  }

  /// The name of the partition that contains a day: `event_20260213`.
  String partitionName(LocalDate day) {
    return name + "_" + span.firstDay(day).format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  /// The first day of a partition, from its name; empty if it is no partition of this table.
  Optional<LocalDate> parseDay(String partition) {
    Matcher suffix = DAY_SUFFIX.matcher(partition);
    return suffix.find() && partition.substring(0, suffix.start()).equals(name)
        ? Optional.of(LocalDate.parse(suffix.group(1), DateTimeFormatter.BASIC_ISO_DATE))
        : Optional.empty();
  }

  /// The least partition key of a day as an SQL literal.
  String lowerBound(LocalDate day) {
    return switch (partitionKey) {
      case UUID_V7 -> "'" + minIdOf(day) + "'";
      case DATE -> "'" + day + "'";
    };
  }

  /// Whether all days of a partition are older than the retention.
  boolean isExpired(String partition, LocalDate today, int retentionDays) {
    LocalDate firstKeptDay =
        today.minusDays(fixedRetentionDays > 0 ? fixedRetentionDays : retentionDays);
    return parseDay(partition).filter(day -> !span.next(day).isAfter(firstKeptDay)).isPresent();
  }

  /// The least UUIDv7 of a day.
  static UUID minIdOf(LocalDate day) {
    return UuidV7.lowerBound(day.atStartOfDay(ZoneOffset.UTC).toInstant());
  }
}
