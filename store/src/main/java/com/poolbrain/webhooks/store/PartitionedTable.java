package com.poolbrain.webhooks.store;

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
/// @param key what a day's rows are recognised by
/// @param keptWhole days before today that are kept whatever the retention is; 0 if the retention
///   decides
record PartitionedTable(String name, Key key, int keptWhole) {

  static final List<PartitionedTable> ALL =
      List.of(
          new PartitionedTable("event", Key.UUID_V7, 0),
          new PartitionedTable("delivery", Key.UUID_V7, 0),
          new PartitionedTable("attempt", Key.UUID_V7, 0),
          new PartitionedTable("event_ref", Key.UUID_V7, 0),
          new PartitionedTable("idempotency", Key.DATE, 1));

  private static final Pattern DAY_AT_END = Pattern.compile("_(\\d{8})$");

  enum Key {
    UUID_V7,
    DATE
  }

  /// The name of a day's partition: `event_20260213`.
  String partition(LocalDate day) {
    return name + "_" + day.format(DateTimeFormatter.BASIC_ISO_DATE);
  }

  /// The day that a partition of this table is for, if the name is that of one.
  Optional<LocalDate> day(String partition) {
    Matcher end = DAY_AT_END.matcher(partition);
    return end.find() && partition.substring(0, end.start()).equals(name)
        ? Optional.of(LocalDate.parse(end.group(1), DateTimeFormatter.BASIC_ISO_DATE))
        : Optional.empty();
  }

  /// The least value of the key on that day, as SQL.
  String bound(LocalDate day) {
    return switch (key) {
      case UUID_V7 -> "'" + firstIdOf(day) + "'";
      case DATE -> "'" + day + "'";
    };
  }

  /// The first day that is kept.
  LocalDate keptFrom(LocalDate today, int retentionDays) {
    return today.minusDays(keptWhole > 0 ? keptWhole : retentionDays);
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
