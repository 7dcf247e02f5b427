package com.poolbrain.webhooks.bench.report;

import java.util.List;
import java.util.Locale;

/// Charts as SVG that can be read on light and on dark pages.
final class SvgChart {

  private static final int WIDTH = 720;
  private static final int LEFT = 240;
  private static final int ROW = 30;
  private static final int TOP = 44;
  private static final int HEIGHT = 320;
  private static final int MARGIN = 56;
  private static final List<String> COLORS =
      List.of("#2a78c2", "#d0681c", "#2f9e62", "#9a58c4", "#c23b56", "#8a8a2a");

  private static final String HEAD =
      """
      <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 $width $height" role="img" aria-label="$title">
      <style>
        text { font: 13px system-ui, sans-serif; fill: #24292f; }
        .title { font-weight: 600; }
        .grid { stroke: #8884; }
        @media (prefers-color-scheme: dark) { text { fill: #e6edf3; } }
      </style>
      <text class="title" x="12" y="22">$title</text>
      """;

  private SvgChart() {}

  /// One bar.
  record Bar(String name, double value) {}

  /// One line: a name and its points.
  record Line(String name, List<LatencyStats.Point> points) {}

  /// Horizontal bars with their values.
  static String bars(String title, List<Bar> bars) {
    double max = bars.stream().mapToDouble(Bar::value).max().orElse(1);
    StringBuilder svg = openSvg(title, TOP + ROW * bars.size() + 12);
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      int y = TOP + ROW * i;
      double width = (WIDTH - LEFT - 90) * bar.value() / Math.max(max, 1e-9);
      svg.append(
          String.format(
              Locale.ROOT, "<text x=\"12\" y=\"%d\">%s</text>%n", y + 15, escape(bar.name())));
      svg.append(
          String.format(
              Locale.ROOT,
              "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"20\" rx=\"3\" fill=\"%s\"/>%n",
              LEFT,
              y,
              width,
              COLORS.getFirst()));
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\">%,.0f</text>%n",
              LEFT + width + 6,
              y + 15,
              bar.value()));
    }
    return svg.append("</svg>\n").toString();
  }

  /// Percentiles as lines, both axes logarithmic: milliseconds upwards, rarer to the right.
  static String percentiles(String title, List<Line> lines) {
    double max =
        lines.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(LatencyStats.Point::millis)
            .max()
            .orElse(1);
    int decades = Math.max(1, (int) Math.ceil(Math.log10(max)) + 1);
    StringBuilder svg = openSvg(title, HEIGHT + 24 * lines.size());
    for (int decade = 0; decade <= decades; decade++) {
      double y = y(Math.pow(10, decade - 1), decades);
      svg.append(
          String.format(
              Locale.ROOT,
              "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>%n<text x=\"12\" y=\"%.1f\">%s</text>%n",
              MARGIN,
              WIDTH - 12,
              y,
              y,
              y + 4,
              decade == 0
                  ? "0.1 ms"
                  : String.format(Locale.ROOT, "%,.0f", Math.pow(10, decade - 1))));
    }
    for (double percentile : new double[] {0, 50, 90, 99, 99.9, 99.99}) {
      svg.append(
          String.format(
              Locale.ROOT,
              "<text x=\"%.1f\" y=\"%d\">p%s</text>%n",
              x(percentile) - 8,
              HEIGHT - 14,
              Double.toString(percentile).replaceFirst("\\.0$", "")));
    }
    for (int i = 0; i < lines.size(); i++) {
      appendLine(svg, lines.get(i), i, decades);
    }
    return svg.append("</svg>\n").toString();
  }

  private static void appendLine(StringBuilder svg, Line line, int index, int decades) {
    String color = COLORS.get(index % COLORS.size());
    StringBuilder points = new StringBuilder();
    for (LatencyStats.Point point : line.points()) {
      points.append(
          String.format(
              Locale.ROOT, "%.1f,%.1f ", x(point.percentile()), y(point.millis(), decades)));
    }
    int legend = HEIGHT + 12 + 24 * index;
    svg.append(
        String.format(
            Locale.ROOT,
            "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" points=\"%s\"/>%n<rect x=\"%d\" y=\"%d\" width=\"14\" height=\"4\" fill=\"%s\"/>%n<text x=\"%d\" y=\"%d\">%s</text>%n",
            color,
            points.toString().strip(),
            MARGIN,
            legend - 7,
            color,
            MARGIN + 22,
            legend,
            escape(line.name())));
  }

  private static double x(double percentile) {
    double nines = -Math.log10(Math.max(1e-4, 1 - percentile / 100));
    return MARGIN + 8 + nines / 4 * (WIDTH - MARGIN - 60);
  }

  private static double y(double millis, int decades) {
    double decade = Math.log10(Math.max(0.1, millis)) + 1;
    return HEIGHT - 40 - decade / decades * (HEIGHT - 40 - TOP);
  }

  private static StringBuilder openSvg(String title, int height) {
    return new StringBuilder(
        HEAD.replace("$width", Integer.toString(WIDTH))
            .replace("$height", Integer.toString(height))
            .replace("$title", escape(title)));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
