package com.poolbrain.webhooks.web.component;

import com.poolbrain.webhooks.web.component.ChartView.Column;
import com.poolbrain.webhooks.web.component.ChartView.Kind;
import com.poolbrain.webhooks.web.component.ChartView.Part;
import com.poolbrain.webhooks.web.component.ChartView.Series;
import com.poolbrain.webhooks.web.component.ChartView.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// Makes a chart of stacked bars from counts.
public final class BarChart {

  /// The part of a column that is left free beside its bar.
  private static final double GAP = 0.3;

  private BarChart() {}

  /// The counts of one part of the time, one for each series.
  public record Counts(Time time, List<Long> counts) {

    double sum() {
      return counts.stream().mapToDouble(Long::doubleValue).sum();
    }
  }

  /// The chart of these counts.
  ///
  /// @param kinds the series, from the bottom to the top
  /// @param axis labels of the horizontal axis
  public static ChartView of(
      String id, String title, List<Kind> kinds, List<Counts> counts, List<String> axis) {
    ChartScale scale = ChartScale.upTo(counts.stream().mapToDouble(Counts::sum).max().orElse(0));
    double step = ChartView.SIZE / Math.max(1, counts.size());
    List<Column> columns =
        IntStream.range(0, counts.size())
            .mapToObj(i -> column(counts.get(i), i * step, step, scale, kinds))
            .toList();
    List<Series> series =
        IntStream.range(0, kinds.size())
            .mapToObj(i ->
                new Series(
                    kinds.get(i).name(),
                    kinds.get(i).style(),
                    ChartScale.count(counts.stream().mapToLong(one -> one.counts().get(i)).sum()),
                    false))
            .toList();
    return new ChartView(
        id,
        title,
        series,
        columns,
        List.of(),
        scale.countLabels(),
        axis,
        counts.stream().allMatch(one -> one.sum() == 0));
  }

  private static Column column(
      Counts counts, double x, double step, ChartScale scale, List<Kind> kinds) {
    var parts = new ArrayList<Part>();
    var words = new ArrayList<String>();
    double y = ChartView.SIZE;
    for (int i = 0; i < kinds.size(); i++) {
      long count = counts.counts().get(i);
      if (count > 0) {
        double height = scale.height((double) count);
        y -= height;
        parts.add(new Part(kinds.get(i).style(), ChartScale.round(y), ChartScale.round(height)));
        words.add(ChartScale.count(count) + " " + kinds.get(i).name());
      }
    }
    return new Column(
        ChartScale.round(x),
        ChartScale.round(step),
        counts.time().label() + ": " + (words.isEmpty() ? "none" : String.join(", ", words)),
        counts.time().href(),
        ChartScale.round(x + step * GAP / 2),
        ChartScale.round(step * (1 - GAP)),
        List.copyOf(parts));
  }
}
