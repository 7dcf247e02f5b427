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

/// A table with one partition per day (UTC).
///
/// @param fixedRetentionDays days before today that are kept, whatever the configured retention; 0
///   for the configured retention
record PartitionedTable(String name, PartitionKey partitionKey, int fixedRetentionDays) {

  static final List<PartitionedTable> ALL =
      List.of(
          new PartitionedTable("event", PartitionKey.UUID_V7, 0),
          new PartitionedTable("delivery", PartitionKey.UUID_V7, 0),
          new PartitionedTable("attempt", PartitionKey.UUID_V7, 0),
          new PartitionedTable("event_ref", PartitionKey.UUID_V7, 0),
          new PartitionedTable("idempotency", PartitionKey.DATE, 1));

  private static final Pattern DAY_SUFFIX = Pattern.compile("_(\\d{8})$");

  /// The type of the partition key.
  enum PartitionKey {
    UUID_V7,
    DATE
  }

  /// The name of the partition of a day: `event_20260213`.
  String partitionName(LocalDate day) {
    return name + "_" + day.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  /// The day in the name of a partition; empty if it is no partition of this table.
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

  /// The first day whose partition is kept.
  LocalDate firstKeptDay(LocalDate today, int retentionDays) {
    return today.minusDays(fixedRetentionDays > 0 ? fixedRetentionDays : retentionDays);
  }

  /// The least UUIDv7 of a day.
  static UUID minIdOf(LocalDate day) {
    return UuidV7.lowerBound(day.atStartOfDay(ZoneOffset.UTC).toInstant());
  }
}
