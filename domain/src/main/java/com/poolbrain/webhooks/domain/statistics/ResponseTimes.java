package com.poolbrain.webhooks.domain.statistics;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Numbers of response times by bucket, see [ResponseTimeBuckets].
public record ResponseTimes(Map<Integer, Long> counts) {

  public static final ResponseTimes NONE = new ResponseTimes(Map.of());

  public ResponseTimes {
    counts = Map.copyOf(counts);
  }

  /// These and others together.
  public ResponseTimes plus(ResponseTimes others) {
    Map<Integer, Long> sum = new TreeMap<>(counts);
    others.counts.forEach((bucket, count) -> sum.merge(bucket, count, Long::sum));
    return new ResponseTimes(sum);
  }

  /// See [ResponseTimeBuckets#percentileMillis].
  public @Nullable Double percentileMillis(double part) {
    return ResponseTimeBuckets.percentileMillis(counts, part);
  }
}
