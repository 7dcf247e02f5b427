package com.poolbrain.webhooks.web.statistics;

import com.poolbrain.webhooks.domain.statistics.DeliveryCounts;
import com.poolbrain.webhooks.domain.statistics.StatisticsWindow;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.management.StatisticsManagement;
import com.poolbrain.webhooks.web.component.FigureView;
import com.poolbrain.webhooks.web.component.SparkView;
import com.poolbrain.webhooks.web.page.CompanyRequest;
import com.poolbrain.webhooks.web.page.Numbers;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The last 24 hours of all endpoints of a company, by hours.
///
/// @param counts null if they could not be read in time
public record CompanyDay(@Nullable Map<UUID, List<DeliveryCounts>> counts) {

  private static final Logger LOG = LoggerFactory.getLogger(CompanyDay.class);
  private static final List<DeliveryCounts> NOTHING =
      Collections.nCopies(StatisticsWindow.DAY.buckets(), DeliveryCounts.NONE);

  /// Reads it with one query.
  public static CompanyDay read(StatisticsManagement statistics, CompanyRequest request) {
    try {
      return new CompanyDay(
          statistics.byEndpoint(request.principal(), request.companyId(), StatisticsWindow.DAY));
    } catch (LedgerException.TimedOut timedOut) {
      LOG.warn("The statistics of company {} failed", request.companyId(), timedOut);
      return new CompanyDay(null);
    }
  }

  /// The small bars of an endpoint; null if they could not be read.
  public @Nullable SparkView spark(UUID endpointId) {
    return counts == null
        ? null
        : SparkView.of(
            counts.getOrDefault(endpointId, NOTHING).stream()
                .map(hour ->
                    new SparkView.Hour(
                        hour.delivered(),
                        hour.failedAttempts(),
                        hour.permanentlyFailed(),
                        hour.skipped()))
                .toList());
  }

  /// The sums over all endpoints, each with its log; empty if they could not be read.
  public List<FigureView> figures(CompanyRequest request) {
    if (counts == null) {
      return List.of();
    }
    String since =
        "&from="
            + DateTimeFormatter.ISO_INSTANT.format(
                StatisticsWindow.DAY.start(request.times().now()));
    long delivered = sum(counts, DeliveryCounts::delivered);
    long failed = sum(counts, DeliveryCounts::permanentlyFailed);
    long skipped = sum(counts, DeliveryCounts::skipped);
    long afterRetry = sum(counts, DeliveryCounts::afterRetry);
    return List.of(
        new FigureView(
            "Delivered, last 24 h",
            Numbers.format(delivered),
            delivered + failed == 0
                ? "nothing was sent"
                : StatisticsCharts.share(delivered, delivered + failed)
                    + " of "
                    + Numbers.format(delivered + failed),
            request.paths().deliveries("status=delivered" + since)),
        new FigureView(
            "Failed attempts",
            Numbers.format(sum(counts, DeliveryCounts::failedAttempts)),
            afterRetry == 0
                ? "no delivery needed a retry"
                : Numbers.count(afterRetry, "delivery", "deliveries") + " delivered after a retry",
            null),
        new FigureView(
            "Permanently failed",
            Numbers.format(failed),
            failed == 0 ? "nothing to recover" : "can be recovered",
            request.paths().deliveries("status=permanently_failed" + since)),
        new FigureView(
            "Skipped",
            Numbers.format(skipped),
            skipped == 0 ? "nothing to replay" : "can be replayed",
            request.paths().deliveries("status=skipped" + since)));
  }

  private static long sum(
      Map<UUID, List<DeliveryCounts>> counts, ToLongFunction<DeliveryCounts> count) {
    return counts.values().stream().flatMap(List::stream).mapToLong(count).sum();
  }
}
