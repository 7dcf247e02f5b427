package com.poolbrain.webhooks.web.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A chart of stacked bars, and the same numbers as a table.
///
/// @param id of its heading
/// @param top label of the highest line
/// @param middle label of the line in the middle
/// @param start label of the left end of the axis
/// @param end label of the right end of the axis
public record ChartView(
    String id,
    String title,
    List<Series> series,
    List<Bar> bars,
    String top,
    String middle,
    String start,
    String end) {

  private static final double HEIGHT = 100;
  private static final double GAP = 0.25;

  /// One kind of number in each bar.
  ///
  /// @param style class of its colour
  /// @param total over all bars
  public record Series(String name, String style, String total) {}

  /// A bar.
  ///
  /// @param x left edge
  /// @param width of the bar
  /// @param label of the time that it stands for
  /// @param href the log of that time; null for none
  /// @param parts from the bottom to the top
  /// @param values of the series, in words
  public record Bar(
      double x,
      double width,
      String label,
      @Nullable String href,
      List<Part> parts,
      List<String> values) {}

  /// A part of a bar.
  public record Part(String style, double y, double height) {}

  /// The numbers of one bar.
  ///
  /// @param counts of the series in their order
  public record Input(String label, @Nullable String href, List<Long> counts) {}

  /// The chart of these numbers.
  ///
  /// @param names of the series
  /// @param styles classes of their colours
  public static ChartView of(
      String id, String title, List<String> names, List<String> styles, List<Input> inputs) {
    long highest = niceTop(inputs.stream().mapToLong(ChartView::sum).max().orElse(0));
    double step = inputs.isEmpty() ? HEIGHT : HEIGHT / inputs.size();
    List<Bar> bars =
        IntStream.range(0, inputs.size())
            .mapToObj(i -> bar(inputs.get(i), i * step, step, highest, styles))
            .toList();
    List<Series> series =
        IntStream.range(0, names.size())
            .mapToObj(i ->
                new Series(
                    names.get(i),
                    styles.get(i),
                    number(inputs.stream().mapToLong(input -> input.counts().get(i)).sum())))
            .toList();
    return new ChartView(
        id,
        title,
        series,
        bars,
        number(highest),
        highest % 2 == 0 ? number(highest / 2) : "",
        inputs.isEmpty() ? "" : inputs.getFirst().label(),
        inputs.isEmpty() ? "" : inputs.getLast().label());
  }

  /// Whether there is anything to show.
  public boolean isEmpty() {
    return series.stream().allMatch(one -> one.total().equals("0"));
  }

  private static Bar bar(Input input, double x, double step, long highest, List<String> styles) {
    var parts = new ArrayList<Part>();
    double y = HEIGHT;
    for (int i = 0; i < styles.size(); i++) {
      double height = highest == 0 ? 0 : HEIGHT * input.counts().get(i) / highest;
      y -= height;
      if (height > 0) {
        parts.add(new Part(styles.get(i), round(y), round(height)));
      }
    }
    return new Bar(
        round(x + step * GAP / 2),
        round(step * (1 - GAP)),
        input.label(),
        input.href(),
        List.copyOf(parts),
        input.counts().stream().map(ChartView::number).toList());
  }

  private static long sum(Input input) {
    return input.counts().stream().mapToLong(Long::longValue).sum();
  }

  /// The next number that a person reads easily: 1, 2 or 5 with zeros, at least 2.
  private static long niceTop(long highest) {
    long power = 1;
    while (power * 10 < highest) {
      power *= 10;
    }
    for (long factor : List.of(1L, 2L, 5L, 10L)) {
      if (factor * power >= highest && factor * power >= 2) {
        return factor * power;
      }
    }
    return highest;
  }

  private static double round(double value) {
    return Math.round(value * 100) / 100.0;
  }

  private static String number(long value) {
    return String.format(Locale.ENGLISH, "%,d", value);
  }
}
