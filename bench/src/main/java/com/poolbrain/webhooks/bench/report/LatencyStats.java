package com.poolbrain.webhooks.bench.report;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/// How long something took, in milliseconds.
///
/// @param curve the whole distribution
public record LatencyStats(
    double p50, double p90, double p99, double p999, double max, List<Point> curve) {

  private static final double[] CURVE_PERCENTILES = {
    0, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99
  };

  /// One percentile of a distribution.
  public record Point(double percentile, double millis) {}

  /// Those of a histogram of microseconds.
  public static LatencyStats of(Histogram micros) {
    List<Point> curve = new ArrayList<>();
    for (double percentile : CURVE_PERCENTILES) {
      curve.add(new Point(percentile, toMillis(micros, percentile)));
    }
    return new LatencyStats(
        toMillis(micros, 50),
        toMillis(micros, 90),
        toMillis(micros, 99),
        toMillis(micros, 99.9),
        micros.getMaxValue() / 1e3,
        curve);
  }

  private static double toMillis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / 1e3;
  }
}
