package com.poolbrain.webhooks.web.component;

import java.util.List;
import java.util.Locale;

/// Success and failure of the last 24 hours as small bars.
///
/// @param text the same in words
/// @param okPath SVG path of what was delivered
/// @param badPath SVG path of what failed
public record SparkView(String text, String okPath, String badPath) {

  private static final double HEIGHT = 22;
  private static final int BOTTOM = 24;
  private static final int STEP = 5;
  private static final int WIDTH = 3;

  /// The counts of one hour.
  public record Hour(long delivered, long failed) {}

  /// The view of up to 24 hours, the oldest first.
  public static SparkView of(List<Hour> hours) {
    long highest =
        hours.stream().mapToLong(hour -> hour.delivered() + hour.failed()).max().orElse(0);
    var ok = new StringBuilder();
    var bad = new StringBuilder();
    for (int i = 0; i < hours.size(); i++) {
      Hour hour = hours.get(i);
      double okHeight = highest == 0 ? 0 : HEIGHT * hour.delivered() / highest;
      double badHeight = highest == 0 ? 0 : HEIGHT * hour.failed() / highest;
      append(ok, i, BOTTOM, okHeight);
      append(bad, i, BOTTOM - okHeight, badHeight);
    }
    long delivered = hours.stream().mapToLong(Hour::delivered).sum();
    long failed = hours.stream().mapToLong(Hour::failed).sum();
    return new SparkView(
        String.format(
            Locale.ENGLISH,
            "Last 24 hours: %,d delivered, %s",
            delivered,
            failed == 0 ? "none failed" : String.format(Locale.ENGLISH, "%,d failed", failed)),
        ok.toString(),
        bad.toString());
  }

  private static void append(StringBuilder path, int index, double from, double height) {
    if (height > 0) {
      path.append(
          String.format(
              Locale.ENGLISH, "M%d %.1fh%dv%.1fh-%dz", index * STEP, from, WIDTH, -height, WIDTH));
    }
  }
}
