package com.poolbrain.webhooks.web.component;

import java.util.List;
import java.util.Locale;

/// The vertical scale of a chart: from 0 to a number that is easy to read.
///
/// @param top the highest number of the scale
record ChartScale(double top) {

  private static final double MIN_TOP = 2;
  private static final List<Double> FACTORS = List.of(1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0);

  /// The scale with the least top of one digit, or of 15, with zeros, that is at least 2 and not
  /// below any number.
  static ChartScale upTo(double highest) {
    double power = 1;
    while (power * 10 < highest) {
      power *= 10;
    }
    for (double factor : FACTORS) {
      if (factor * power >= Math.max(MIN_TOP, highest)) {
        return new ChartScale(factor * power);
      }
    }
    throw new IllegalArgumentException("no scale for " + highest);
  }

  /// The height of a number in the chart.
  double height(double number) {
    return ChartView.SIZE * number / top;
  }

  /// The labels of counts, without one for half a delivery.
  List<String> countLabels() {
    return List.of(count((long) top), top % 2 == 0 ? count((long) top / 2) : "", "0");
  }

  /// The labels of durations in milliseconds.
  List<String> durationLabels() {
    return List.of(duration(top), duration(top / 2), "0");
  }

  private static String duration(double millis) {
    boolean isShort = millis < 1_000;
    double value = isShort ? millis : millis / 1_000;
    String number = value == Math.rint(value) ? count((long) value) : Double.toString(value);
    return number + (isShort ? " ms" : " s");
  }

  /// A count with separators of thousands.
  static String count(long count) {
    return String.format(Locale.ENGLISH, "%,d", count);
  }

  /// A coordinate, as exact as a screen shows it.
  static double round(double coordinate) {
    return Math.round(coordinate * 100) / 100.0;
  }
}
