package com.poolbrain.webhooks.engine.statistics;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.statistics.ResponseTimeBuckets;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Counts that are added to those in the store. One is negative if an outcome was counted before
/// and has changed. Guarded by the lock of [StatisticsRecorder] until it is taken from there.
public final class Counts {

  private int attempts;
  private int failedAttempts;
  private int delivered;
  private int afterRetry;
  private int permanentlyFailed;
  private int skipped;
  private int items;
  private int @Nullable [] responseTimes;

  void addAttempt(boolean isFailed) {
    attempts++;
    failedAttempts += isFailed ? 1 : 0;
  }

  void addResponseTime(int bucket) {
    if (responseTimes == null) {
      responseTimes = new int[ResponseTimeBuckets.COUNT];
    }
    responseTimes[bucket]++;
  }

  void addDelivered(int itemCount, boolean isAfterRetry) {
    items += itemCount;
    afterRetry += isAfterRetry ? 1 : 0;
  }

  /// Adds to the number of deliveries that ended with a status; nothing for null.
  void addOutcome(@Nullable DeliveryStatus status, int count) {
    switch (status) {
      case DELIVERED -> delivered += count;
      case PERMANENTLY_FAILED -> permanentlyFailed += count;
      case SKIPPED -> skipped += count;
      case PENDING, DELIVERING, RETRYING ->
          throw new IllegalArgumentException(status + " is no outcome");
      case null -> {}
    }
  }

  public int attempts() {
    return attempts;
  }

  public int failedAttempts() {
    return failedAttempts;
  }

  public int delivered() {
    return delivered;
  }

  /// The part of [#delivered()] that took more than one attempt.
  public int afterRetry() {
    return afterRetry;
  }

  public int permanentlyFailed() {
    return permanentlyFailed;
  }

  public int skipped() {
    return skipped;
  }

  /// Items of the deliveries that were delivered.
  public int items() {
    return items;
  }

  /// Number of response times by bucket, see [ResponseTimeBuckets].
  public SortedMap<Integer, Integer> responseTimes() {
    SortedMap<Integer, Integer> byBucket = new TreeMap<>();
    for (int i = 0; responseTimes != null && i < responseTimes.length; i++) {
      if (responseTimes[i] != 0) {
        byBucket.put(i, responseTimes[i]);
      }
    }
    return byBucket;
  }
}
