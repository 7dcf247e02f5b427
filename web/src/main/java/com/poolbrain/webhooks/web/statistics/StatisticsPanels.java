package com.poolbrain.webhooks.web.statistics;

import com.poolbrain.webhooks.domain.statistics.StatisticsWindow;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.management.StatisticsManagement;
import com.poolbrain.webhooks.web.page.CompanyRequest;
import com.poolbrain.webhooks.web.statistics.StatisticsPanel.Period;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Reads the statistics of an endpoint for the period that the URL names, 24 hours if it names
/// none.
public final class StatisticsPanels {

  private static final Logger LOG = LoggerFactory.getLogger(StatisticsPanels.class);
  private static final String PARAMETER = "window";

  private final StatisticsManagement statistics;

  public StatisticsPanels(StatisticsManagement statistics) {
    this.statistics = statistics;
  }

  /// The statistics of an endpoint.
  public StatisticsPanel of(CompanyRequest request, UUID endpointId) {
    StatisticsWindow found = StatisticsWindow.fromWireName(request.query().text(PARAMETER));
    StatisticsWindow window = found == null ? StatisticsWindow.DAY : found;
    String page = request.paths().endpoint(endpointId);
    return new StatisticsPanel(
        request.paths().deliveries("endpoint_id=" + endpointId),
        periods(page, window),
        content(request, endpointId, window, page));
  }

  private StatisticsPanel.Content content(
      CompanyRequest request, UUID endpointId, StatisticsWindow window, String page) {
    try {
      return new StatisticsCharts(
              statistics.ofEndpoint(request.principal(), request.companyId(), endpointId, window),
              new LogLinks(request.paths(), endpointId),
              request.times())
          .toPanel();
    } catch (LedgerException.TimedOut timedOut) {
      LOG.warn("The statistics of endpoint {} failed", endpointId, timedOut);
      return new StatisticsPanel.Failed(href(page, window));
    }
  }

  static List<Period> periods(String page, StatisticsWindow selected) {
    return Stream.of(StatisticsWindow.values())
        .map(window ->
            new Period(
                "period-" + window.wireName(),
                label(window),
                href(page, window),
                window == selected))
        .toList();
  }

  private static String href(String page, StatisticsWindow window) {
    return page + "?" + PARAMETER + "=" + window.wireName();
  }

  private static String label(StatisticsWindow window) {
    return switch (window) {
      case HOUR -> "1 h";
      case DAY -> "24 h";
      case WEEK -> "7 d";
      case MONTH -> "30 d";
    };
  }
}
