package com.poolbrain.webhooks.web.component;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A chart over time: stacked bars or lines. Coordinates reach from 0 to 100 in both directions.
///
/// @param id of its heading
/// @param scale labels of the vertical axis, from the top
/// @param axis labels of the horizontal axis, from the left
/// @param isEmpty whether there is nothing to show
public record ChartView(
    String id,
    String title,
    List<Series> series,
    List<Column> columns,
    List<Line> lines,
    List<String> scale,
    List<String> axis,
    boolean isEmpty) {

  static final double SIZE = 100;

  /// One kind of number.
  ///
  /// @param style class of its colour
  /// @param total over the whole time, in words
  /// @param isLine whether it is drawn as a line
  public record Series(String name, String style, String total, boolean isLine) {}

  /// The name and the style of a series.
  public record Kind(String name, String style) {}

  /// A part of the time.
  ///
  /// @param href the log of that time; null for none
  public record Time(String label, @Nullable String href) {}

  /// A part of the time as it is drawn.
  ///
  /// @param x left edge of the area that leads to the log
  /// @param text its time and numbers in words
  /// @param barX left edge of its bar
  /// @param parts of its bar, from the bottom to the top
  public record Column(
      double x,
      double width,
      String text,
      @Nullable String href,
      double barX,
      double barWidth,
      List<Part> parts) {}

  /// A part of a bar.
  public record Part(String style, double y, double height) {}

  /// A line.
  ///
  /// @param path of SVG
  public record Line(String style, String path) {}
}
