package com.poolbrain.webhooks.bench.report;

import com.poolbrain.webhooks.bench.load.RunCounters;
import com.poolbrain.webhooks.bench.service.MissingDeliveries;
import com.poolbrain.webhooks.bench.service.ResourceUsage;
import org.jspecify.annotations.Nullable;

/// The measurements of one run.
///
/// @param seconds from the first publish to the last delivery
/// @param acceptLatency from sending a publish to its response
/// @param endToEndLatency from sending a publish to receiving its delivery
/// @param cost resources used per delivery
/// @param firstRefusal first response that was not 2xx; null if there was none
public record RunResult(
    String name,
    double seconds,
    RunCounters.Counts counts,
    MissingDeliveries missing,
    LatencyStats acceptLatency,
    LatencyStats endToEndLatency,
    ResourceUsage cost,
    @Nullable String firstRefusal) {

  /// The result of a run that began at a monotonic time.
  public static RunResult of(
      String name,
      RunCounters counters,
      MissingDeliveries missing,
      long startNanos,
      ResourceUsage usage) {
    RunCounters.Counts counts = counters.counts();
    return new RunResult(
        name,
        Math.max(1, counters.lastReceivedNanos() - startNanos) / 1e9,
        counts,
        missing,
        LatencyStats.of(counters.acceptLatencyMicros()),
        LatencyStats.of(counters.endToEndLatencyMicros()),
        usage.perDelivery(counts.received()),
        counters.firstRefusal());
  }

  /// Received deliveries per second.
  public double deliveriesPerSecond() {
    return counts.received() / seconds;
  }

  /// Throughput of this run divided by the mean throughput of two others.
  public double throughputTo(RunResult before, RunResult after) {
    return deliveriesPerSecond() * 2 / (before.deliveriesPerSecond() + after.deliveriesPerSecond());
  }

  /// Whether no delivery was lost and none was unexpected.
  public boolean isCorrect() {
    return missing.lost() == 0 && counts.unexpected() == 0;
  }
}
