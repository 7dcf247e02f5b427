package com.poolbrain.webhooks.domain.statistics;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A period for which statistics are shown, in buckets of equal length.
public enum StatisticsWindow {
  HOUR("1h", Duration.ofMinutes(5), 12),
  DAY("24h", Duration.ofHours(1), 24),
  WEEK("7d", Duration.ofHours(1), 168),
  MONTH("30d", Duration.ofDays(1), 30);

  private final String wireName;
  private final Duration bucketLength;
  private final int buckets;

  StatisticsWindow(String wireName, Duration bucketLength, int buckets) {
    this.wireName = wireName;
    this.bucketLength = bucketLength;
    this.buckets = buckets;
  }

  /// The names of all windows.
  public static List<String> wireNames() {
    return Arrays.stream(values()).map(StatisticsWindow::wireName).toList();
  }

  /// The window with that name; null if there is none.
  public static @Nullable StatisticsWindow fromWireName(String wireName) {
    return Arrays.stream(values())
        .filter(window -> window.wireName.equals(wireName))
        .findFirst()
        .orElse(null);
  }

  public String wireName() {
    return wireName;
  }

  /// Length of a bucket. Buckets start at multiples of it, in UTC.
  public Duration bucketLength() {
    return bucketLength;
  }

  /// Number of buckets.
  public int buckets() {
    return buckets;
  }

  /// End of the last bucket, which contains this time.
  public Instant end(Instant now) {
    long millis = bucketLength.toMillis();
    return Instant.ofEpochMilli((now.toEpochMilli() / millis + 1) * millis);
  }

  /// Start of the first bucket.
  public Instant start(Instant now) {
    return end(now).minus(bucketLength.multipliedBy(buckets));
  }
}
