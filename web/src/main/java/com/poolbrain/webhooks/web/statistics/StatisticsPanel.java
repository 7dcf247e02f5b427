package com.poolbrain.webhooks.web.statistics;

import com.poolbrain.webhooks.web.component.ChartView;
import com.poolbrain.webhooks.web.component.FigureView;
import com.poolbrain.webhooks.web.component.MeterView;
import com.poolbrain.webhooks.web.component.NumbersView;
import java.util.List;

/// The card with the statistics of an endpoint.
///
/// @param log path of the deliveries of the endpoint
public record StatisticsPanel(String log, List<Period> periods, Content content) {

  /// A period that can be selected.
  ///
  /// @param id of its link
  public record Period(String id, String label, String href, boolean isCurrent) {}

  /// What the card shows.
  public sealed interface Content permits Shown, Failed {}

  /// The statistics of the selected period.
  ///
  /// @param answers attempts by status code, or by error class
  /// @param events deliveries that ended, by event
  public record Shown(
      List<FigureView> figures,
      List<ChartView> charts,
      List<MeterView> answers,
      List<MeterView> events,
      NumbersView numbers)
      implements Content {}

  /// The statistics could not be read in time.
  ///
  /// @param retry path of the page that tries it again
  public record Failed(String retry) implements Content {}
}
