package com.poolbrain.webhooks.bench.report;

import java.util.Arrays;
import java.util.List;
import org.HdrHistogram.Histogram;

/// Percentiles of a latency in milliseconds.
///
/// @param curve points of the whole distribution
public record LatencyStats(double p50, double p99, double p999, double max, List<Point> curve) {

  private static final double[] CURVE_PERCENTILES = {
    0, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99
  };

  /// One percentile.
  public record Point(double percentile, double millis) {}

  /// The percentiles of a histogram of microseconds.
  public static LatencyStats of(Histogram micros) {
    return new LatencyStats(
        toMillis(micros, 50),
        toMillis(micros, 99),
        toMillis(micros, 99.9),
        micros.getMaxValue() / 1e3,
        Arrays.stream(CURVE_PERCENTILES)
            .mapToObj(percentile -> new Point(percentile, toMillis(micros, percentile)))
            .toList());
  }

  private static double toMillis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / 1e3;
  }
}
