package com.poolbrain.webhooks.bench.report;

import java.util.List;
import java.util.stream.Collectors;

/// SVG charts for light and dark pages.
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

  /// Throughput of each run as a horizontal bar.
  static String throughput(String title, List<RunResult> runs) {
    double max = runs.stream().mapToDouble(RunResult::deliveriesPerSecond).max().orElse(1);
    StringBuilder svg = openSvg(title, TOP + ROW * runs.size() + 12);
    int y = TOP;
    for (RunResult run : runs) {
      double value = run.deliveriesPerSecond();
      double width = (WIDTH - LEFT - 90) * value / Math.max(max, 1e-9);
      svg.append(
          """
          <text x="12" y="%d">%s</text>
          <rect x="%d" y="%d" width="%.1f" height="20" rx="3" fill="%s"/>
          <text x="%.1f" y="%d">%,.0f</text>
          """
              .formatted(
                  y + 15,
                  escape(run.name()),
                  LEFT,
                  y,
                  width,
                  COLORS.getFirst(),
                  LEFT + width + 6,
                  y + 15,
                  value));
      y += ROW;
    }
    return svg.append("</svg>\n").toString();
  }

  /// End-to-end percentiles of each run as a line. Both axes are logarithmic: milliseconds upwards,
  /// rarer values to the right.
  static String latency(String title, List<RunResult> runs) {
    double max =
        runs.stream()
            .flatMap(run -> run.endToEndLatency().curve().stream())
            .mapToDouble(LatencyStats.Point::millis)
            .max()
            .orElse(1);
    int decades = Math.max(1, (int) Math.ceil(Math.log10(max)) + 1);
    StringBuilder svg = openSvg(title, HEIGHT + 24 * runs.size());
    for (int decade = 0; decade <= decades; decade++) {
      double millis = Math.pow(10, decade - 1);
      double y = y(millis, decades);
      String label = decade == 0 ? "0.1 ms" : "%,.0f".formatted(millis);
      svg.append(
          """
          <line class="grid" x1="%d" x2="%d" y1="%.1f" y2="%.1f"/>
          <text x="12" y="%.1f">%s</text>
          """
              .formatted(MARGIN, WIDTH - 12, y, y, y + 4, label));
    }
    for (String percentile : List.of("0", "50", "90", "99", "99.9", "99.99")) {
      svg.append(
          "<text x=\"%.1f\" y=\"%d\">p%s</text>\n"
              .formatted(x(Double.parseDouble(percentile)) - 8, HEIGHT - 14, percentile));
    }
    for (int i = 0; i < runs.size(); i++) {
      svg.append(line(runs.get(i), i, decades));
    }
    return svg.append("</svg>\n").toString();
  }

  private static String line(RunResult run, int index, int decades) {
    String color = COLORS.get(index % COLORS.size());
    String points =
        run.endToEndLatency().curve().stream()
            .map(point -> "%.1f,%.1f".formatted(x(point.percentile()), y(point.millis(), decades)))
            .collect(Collectors.joining(" "));
    int legendY = HEIGHT + 12 + 24 * index;
    return """
    <polyline fill="none" stroke="%s" stroke-width="2" points="%s"/>
    <rect x="%d" y="%d" width="14" height="4" fill="%s"/>
    <text x="%d" y="%d">%s</text>
    """
        .formatted(
            color, points, MARGIN, legendY - 7, color, MARGIN + 22, legendY, escape(run.name()));
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
