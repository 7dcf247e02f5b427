package com.poolbrain.webhooks.bench;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/// What one run measured.
///
/// @param seconds from its begin to its last receipt
record Result(String name, Tally tally, double seconds, Costs costs) {

  /// What it took.
  ///
  /// @param service CPU µs of the server, -1 if its process is not known
  /// @param postgres CPU µs of PostgreSQL, -1 if it is not known
  /// @param bench CPU µs of generator and receiver
  /// @param walBytes written by PostgreSQL, -1 if it is not known
  /// @param serviceRss memory of the server at the end, bytes
  record Costs(long service, long postgres, long bench, long walBytes, long serviceRss) {}

  double perSecond() {
    return tally.received() / seconds;
  }

  private double each(long total) {
    return total < 0 ? Double.NaN : total / (double) Math.max(1, tally.received());
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        """
        %s
          accepted %,d (%,.0f/s)   delivered %,d (%,.0f/s)   refused %d   lost %d   duplicates %d
          accept     %s
          end to end %s
          CPU per delivery: service %.0f µs, PostgreSQL %.0f µs, bench %.0f µs   WAL per delivery: %.0f B   service RSS %d MiB
        """,
        name,
        tally.accepted(),
        tally.accepted() / seconds,
        tally.received(),
        perSecond(),
        tally.refused(),
        tally.lost(),
        tally.duplicates(),
        percentiles(tally.acceptMicros()),
        percentiles(tally.endToEndMicros()),
        each(costs.service()),
        each(costs.postgres()),
        each(costs.bench()),
        each(costs.walBytes()),
        costs.serviceRss() >> 20);
  }

  private static String percentiles(Histogram micros) {
    return String.format(
        Locale.ROOT,
        "p50 %.2f ms   p90 %.2f   p99 %.2f   p99.9 %.2f   max %.2f",
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(90) / 1e3,
        micros.getValueAtPercentile(99) / 1e3,
        micros.getValueAtPercentile(99.9) / 1e3,
        micros.getMaxValue() / 1e3);
  }
}
