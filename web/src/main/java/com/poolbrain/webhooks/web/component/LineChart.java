package com.poolbrain.webhooks.web.component;

import com.poolbrain.webhooks.web.component.ChartView.Column;
import com.poolbrain.webhooks.web.component.ChartView.Kind;
import com.poolbrain.webhooks.web.component.ChartView.Line;
import com.poolbrain.webhooks.web.component.ChartView.Series;
import com.poolbrain.webhooks.web.component.ChartView.Time;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.stream.IntStream;

/// Makes a chart of lines from durations.
public final class LineChart {

  /// Half the width of the dash that stands for a duration without neighbours.
  private static final double HALF_DASH = 0.6;

  private LineChart() {}

  /// The durations of one part of the time, one for each series: milliseconds, or empty where
  /// nothing was measured.
  public record Durations(Time time, List<OptionalDouble> millis) {}

  /// The chart of these durations. A line has a gap where nothing was measured.
  ///
  /// @param totals durations of the series over the whole time
  /// @param words a duration in words
  /// @param axis labels of the horizontal axis
  public static ChartView of(
      String id,
      String title,
      List<Kind> kinds,
      List<OptionalDouble> totals,
      List<Durations> durations,
      DoubleFunction<String> words,
      List<String> axis) {
    ChartScale scale =
        ChartScale.upTo(
            durations.stream()
                .flatMap(one -> one.millis().stream())
                .flatMapToDouble(OptionalDouble::stream)
                .max()
                .orElse(0));
    List<Series> series =
        IntStream.range(0, kinds.size())
            .mapToObj(i ->
                new Series(
                    kinds.get(i).name(), kinds.get(i).style(), text(totals.get(i), words), true))
            .toList();
    List<Line> lines =
        IntStream.range(0, kinds.size())
            .mapToObj(i ->
                new Line(
                    kinds.get(i).style(),
                    path(durations.stream().map(one -> one.millis().get(i)).toList(), scale)))
            .toList();
    return new ChartView(
        id,
        title,
        series,
        columns(kinds, durations, words),
        lines,
        scale.durationLabels(),
        axis,
        lines.stream().allMatch(line -> line.path().isEmpty()));
  }

  private static String text(OptionalDouble millis, DoubleFunction<String> words) {
    return millis.isPresent() ? words.apply(millis.getAsDouble()) : "–";
  }

  private static List<Column> columns(
      List<Kind> kinds, List<Durations> durations, DoubleFunction<String> words) {
    double step = ChartView.SIZE / Math.max(1, durations.size());
    List<Column> columns = new ArrayList<>(durations.size());
    for (Durations one : durations) {
      List<String> parts =
          IntStream.range(0, kinds.size())
              .filter(i -> one.millis().get(i).isPresent())
              .mapToObj(i -> kinds.get(i).name() + " " + text(one.millis().get(i), words))
              .toList();
      double x = ChartScale.round(columns.size() * step);
      double width = ChartScale.round(step);
      columns.add(
          new Column(
              x,
              width,
              one.time().label() + ": " + (parts.isEmpty() ? "none" : String.join(", ", parts)),
              one.time().href(),
              x,
              width,
              List.of()));
    }
    return List.copyOf(columns);
  }

  /// The path through the middle of each column.
  static String path(List<OptionalDouble> millis, ChartScale scale) {
    double step = ChartView.SIZE / Math.max(1, millis.size());
    var path = new StringBuilder();
    for (int i = 0; i < millis.size(); i++) {
      if (millis.get(i).isEmpty()) {
        continue;
      }
      double x = (i + 0.5) * step;
      double y = ChartView.SIZE - scale.height(millis.get(i).getAsDouble());
      boolean isFirst = i == 0 || millis.get(i - 1).isEmpty();
      boolean isLast = i == millis.size() - 1 || millis.get(i + 1).isEmpty();
      if (isFirst && isLast) {
        path.append(point('M', x - HALF_DASH, y)).append(point('L', x + HALF_DASH, y));
      } else {
        path.append(point(isFirst ? 'M' : 'L', x, y));
      }
    }
    return path.toString();
  }

  private static String point(char command, double x, double y) {
    return String.format(Locale.ENGLISH, "%c%.2f %.2f", command, x, y);
  }
}
