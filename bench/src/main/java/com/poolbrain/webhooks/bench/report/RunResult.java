package com.poolbrain.webhooks.bench.report;

import com.poolbrain.webhooks.bench.load.RunCounters;
import com.poolbrain.webhooks.bench.service.MissingDeliveries;
import com.poolbrain.webhooks.bench.service.ResourceUsage;
import org.jspecify.annotations.Nullable;

/// What one run measured.
///
/// @param name of the run within its scenario
/// @param seconds from its begin to its last receipt
/// @param acceptLatency how long publishes took until they were answered
/// @param endToEndLatency how long it took from publishing to receiving
public record RunResult(
    String name,
    double seconds,
    Counts counts,
    LatencyStats acceptLatency,
    LatencyStats endToEndLatency,
    CostPerDelivery costPerDelivery) {

  /// What became of events and deliveries.
  ///
  /// @param accepted events answered with 2xx
  /// @param refused events answered otherwise
  /// @param unanswered events that were not answered
  /// @param received deliveries, each counted once
  /// @param open deliveries of accepted events that did not arrive within a minute and wait for
  ///   another attempt
  /// @param endedUndelivered deliveries of accepted events that are on record as failed for good or
  ///   skipped
  /// @param lost deliveries of accepted events that did not arrive, and are on record as neither
  /// @param duplicates deliveries that arrived again
  /// @param unexpected deliveries that nobody published, or that came to the wrong endpoint
  public record Counts(
      long accepted,
      long refused,
      long unanswered,
      long received,
      long open,
      long endedUndelivered,
      long lost,
      long duplicates,
      long unexpected) {

    static Counts of(RunCounters runCounters, MissingDeliveries missing) {
      return new Counts(
          runCounters.accepted(),
          runCounters.refused(),
          runCounters.unanswered(),
          runCounters.received(),
          missing.open(),
          missing.endedUndelivered(),
          missing.lost(),
          runCounters.duplicates(),
          runCounters.unexpected());
    }
  }

  /// What each delivery cost; null where it can't be known.
  ///
  /// @param serviceMicros CPU of the service
  /// @param postgresMicros CPU of PostgreSQL
  /// @param benchMicros CPU of generator and receiver
  /// @param walBytes write-ahead log
  /// @param walSyncs in the whole run: times that the log was forced to disk
  /// @param maxRssBytes most memory of the service
  public record CostPerDelivery(
      @Nullable Double serviceMicros,
      @Nullable Double postgresMicros,
      double benchMicros,
      @Nullable Double walBytes,
      @Nullable Long walSyncs,
      @Nullable Long maxRssBytes) {

    static CostPerDelivery of(ResourceUsage resourceUsage, long deliveries) {
      double divisor = Math.max(1, deliveries);
      ResourceUsage.Wal wal = resourceUsage.wal();
      return new CostPerDelivery(
          resourceUsage.serviceMicros() == null ? null : resourceUsage.serviceMicros() / divisor,
          resourceUsage.postgresMicros() == null ? null : resourceUsage.postgresMicros() / divisor,
          resourceUsage.benchMicros() / divisor,
          wal == null ? null : wal.bytes() / divisor,
          wal == null ? null : wal.syncs(),
          resourceUsage.maxRssBytes());
    }
  }

  /// What a tally counted from a monotonic begin on.
  public static RunResult of(
      String name,
      RunCounters runCounters,
      MissingDeliveries missing,
      long startNanos,
      ResourceUsage resourceUsage) {
    return new RunResult(
        name,
        Math.max(1, runCounters.lastReceivedNanos() - startNanos) / 1e9,
        Counts.of(runCounters, missing),
        LatencyStats.of(runCounters.acceptLatencyMicros()),
        LatencyStats.of(runCounters.endToEndLatencyMicros()),
        CostPerDelivery.of(resourceUsage, runCounters.received()));
  }

  /// Deliveries a second.
  public double deliveriesPerSecond() {
    return counts.received() / seconds;
  }

  /// CPU of service and PostgreSQL together for each delivery, µs; null if it is not known.
  public @Nullable Double serverMicrosPerDelivery() {
    return costPerDelivery.serviceMicros() == null || costPerDelivery.postgresMicros() == null
        ? null
        : costPerDelivery.serviceMicros() + costPerDelivery.postgresMicros();
  }
}
