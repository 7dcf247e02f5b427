package com.poolbrain.webhooks.store.partition;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A table with one partition for each day (UTC).
///
/// @param name of the table
/// @param partitionKey what a day's rows are recognised by
/// @param fixedRetentionDays days before today that are kept whatever the retention is; 0 if the
///   retention decides
record PartitionedTable(String name, PartitionKey partitionKey, int fixedRetentionDays) {

  static final List<PartitionedTable> ALL =
      List.of(
          new PartitionedTable("event", PartitionKey.UUID_V7, 0),
          new PartitionedTable("delivery", PartitionKey.UUID_V7, 0),
          new PartitionedTable("attempt", PartitionKey.UUID_V7, 0),
          new PartitionedTable("event_ref", PartitionKey.UUID_V7, 0),
          new PartitionedTable("idempotency", PartitionKey.DATE, 1));

  private static final Pattern DAY_SUFFIX = Pattern.compile("_(\\d{8})$");

  enum PartitionKey {
    UUID_V7,
    DATE
  }

  /// The name of a day's partition: `event_20260213`.
  String partitionName(LocalDate day) {
    return name + "_" + day.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  /// The day that a partition of this table is for, if the name is that of one.
  Optional<LocalDate> parseDay(String partition) {
    Matcher suffix = DAY_SUFFIX.matcher(partition);
    return suffix.find() && partition.substring(0, suffix.start()).equals(name)
        ? Optional.of(LocalDate.parse(suffix.group(1), DateTimeFormatter.BASIC_ISO_DATE))
        : Optional.empty();
  }

  /// The least value of the key on that day, as SQL.
  String lowerBound(LocalDate day) {
    return switch (partitionKey) {
      case UUID_V7 -> "'" + firstIdOf(day) + "'";
      case DATE -> "'" + day + "'";
    };
  }

  /// The first day that is kept.
  LocalDate firstKeptDay(LocalDate today, int retentionDays) {
    return today.minusDays(fixedRetentionDays > 0 ? fixedRetentionDays : retentionDays);
  }

  /// The day of a UUIDv7.
  static LocalDate dayOf(UUID id) {
    long millis = id.getMostSignificantBits() >>> 16;
    return LocalDate.ofInstant(Instant.ofEpochMilli(millis), ZoneOffset.UTC);
  }

  /// The least UUIDv7 of a day: its first 48 bits are the milliseconds at which the day begins.
  static UUID firstIdOf(LocalDate day) {
    return new UUID(day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() << 16, 0);
  }
}
