package com.poolbrain.webhooks.bench.report;

import com.poolbrain.webhooks.bench.load.Tally;
import com.poolbrain.webhooks.bench.service.Costs;
import com.poolbrain.webhooks.bench.service.Whereabouts;
import org.jspecify.annotations.Nullable;

/// What one run measured.
///
/// @param name of the run within its scenario
/// @param seconds from its begin to its last receipt
/// @param accept how long publishes took until they were answered
/// @param endToEnd how long it took from publishing to receiving
public record Measured(
    String name, double seconds, Counts counts, Times accept, Times endToEnd, Each each) {

  /// What became of events and deliveries.
  ///
  /// @param accepted events answered with 2xx
  /// @param refused events answered otherwise
  /// @param unanswered events that were not answered
  /// @param received deliveries, each counted once
  /// @param late deliveries of accepted events that did not arrive within a minute and wait for
  ///   another attempt
  /// @param ended deliveries of accepted events that are on record as failed for good or skipped
  /// @param lost deliveries of accepted events that did not arrive, and are on record as neither
  /// @param duplicates deliveries that arrived again
  /// @param wrong deliveries that nobody published, or that came to the wrong endpoint
  public record Counts(
      long accepted,
      long refused,
      long unanswered,
      long received,
      long late,
      long ended,
      long lost,
      long duplicates,
      long wrong) {

    static Counts of(Tally tally, Whereabouts missing) {
      return new Counts(
          tally.accepted(),
          tally.refused(),
          tally.unanswered(),
          tally.received(),
          missing.late(),
          missing.ended(),
          missing.lost(),
          tally.duplicates(),
          tally.wrong());
    }
  }

  /// What each delivery cost; null where it can't be known.
  ///
  /// @param serviceMicros CPU of the service
  /// @param postgresMicros CPU of PostgreSQL
  /// @param benchMicros CPU of generator and receiver
  /// @param walBytes write-ahead log
  /// @param walSyncs in the whole run: times that the log was forced to disk
  /// @param rssMaxBytes most memory of the service
  public record Each(
      @Nullable Double serviceMicros,
      @Nullable Double postgresMicros,
      double benchMicros,
      @Nullable Double walBytes,
      @Nullable Long walSyncs,
      @Nullable Long rssMaxBytes) {

    static Each of(Costs costs, long deliveries) {
      double each = Math.max(1, deliveries);
      Costs.Log log = costs.log();
      return new Each(
          costs.serviceMicros() == null ? null : costs.serviceMicros() / each,
          costs.postgresMicros() == null ? null : costs.postgresMicros() / each,
          costs.benchMicros() / each,
          log == null ? null : log.bytes() / each,
          log == null ? null : log.syncs(),
          costs.rssMaxBytes());
    }
  }

  /// What a tally counted from a monotonic begin on.
  public static Measured of(
      String name, Tally tally, Whereabouts missing, long begin, Costs costs) {
    return new Measured(
        name,
        Math.max(1, tally.lastReceipt() - begin) / 1e9,
        Counts.of(tally, missing),
        Times.of(tally.acceptMicros()),
        Times.of(tally.endToEndMicros()),
        Each.of(costs, tally.received()));
  }

  /// Deliveries a second.
  public double perSecond() {
    return counts.received() / seconds;
  }

  /// CPU of service and PostgreSQL together for each delivery, µs; null if it is not known.
  public @Nullable Double serverMicros() {
    return each.serviceMicros() == null || each.postgresMicros() == null
        ? null
        : each.serviceMicros() + each.postgresMicros();
  }
}
