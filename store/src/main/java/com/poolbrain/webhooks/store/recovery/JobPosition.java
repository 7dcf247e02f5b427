package com.poolbrain.webhooks.store.recovery;

import java.util.UUID;

/// How far a job that delivers is: it counts first if the count at its start was not exact.
sealed interface JobPosition {

  /// Where the next scan begins.
  UUID after();

  /// The text that is stored.
  String format();

  /// The job counts.
  record Counting(UUID after, long counted) implements JobPosition {
    @Override
    public String format() {
      return after + " " + counted;
    }
  }

  /// The job delivers.
  record Delivering(UUID after) implements JobPosition {
    @Override
    public String format() {
      return after.toString();
    }
  }

  static JobPosition parse(String text) {
    String[] parts = text.split(" ", 2);
    UUID after = UUID.fromString(parts[0]);
    return parts.length == 1
        ? new Delivering(after)
        : new Counting(after, Long.parseLong(parts[1]));
  }
}
