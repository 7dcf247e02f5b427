package com.poolbrain.webhooks.web.component;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Success and failure of the last 24 hours as small bars.
///
/// @param text the numbers in words
/// @param note the number that matters most
/// @param okPath SVG path of what was delivered
/// @param badPath SVG path of attempts that failed
/// @param nonePath SVG path of hours without either
public record SparkView(String text, String note, String okPath, String badPath, String nonePath) {

  private static final double HEIGHT = 22;
  private static final int BOTTOM = 24;
  private static final int STEP = 5;
  private static final int WIDTH = 3;

  /// The counts of one hour.
  ///
  /// @param delivered deliveries
  /// @param failedAttempts attempts, whatever became of their deliveries
  /// @param permanentlyFailed deliveries
  /// @param skipped deliveries
  public record Hour(long delivered, long failedAttempts, long permanentlyFailed, long skipped) {

    private long height() {
      return delivered + failedAttempts;
    }

    private Hour plus(Hour other) {
      return new Hour(
          delivered + other.delivered,
          failedAttempts + other.failedAttempts,
          permanentlyFailed + other.permanentlyFailed,
          skipped + other.skipped);
    }
  }

  /// The view of up to 24 hours, the oldest first.
  public static SparkView of(List<Hour> hours) {
    long highest = Math.max(1, hours.stream().mapToLong(Hour::height).max().orElse(0));
    var ok = new StringBuilder();
    var bad = new StringBuilder();
    var none = new StringBuilder();
    for (int i = 0; i < hours.size(); i++) {
      Hour hour = hours.get(i);
      double okHeight = HEIGHT * hour.delivered / highest;
      append(ok, i, BOTTOM, okHeight);
      append(bad, i, BOTTOM - okHeight, HEIGHT * hour.failedAttempts / highest);
      append(none, i, BOTTOM, hour.height() == 0 ? 1 : 0);
    }
    Hour total = hours.stream().reduce(new Hour(0, 0, 0, 0), Hour::plus);
    return new SparkView(text(total), note(total), ok.toString(), bad.toString(), none.toString());
  }

  private static String text(Hour total) {
    List<String> parts = new ArrayList<>();
    parts.add(format(total.delivered, "delivered"));
    parts.add(format(total.failedAttempts, "attempts failed"));
    parts.add(format(total.permanentlyFailed, "permanently failed"));
    parts.add(format(total.skipped, "skipped"));
    parts.removeIf(part -> part.startsWith("0 "));
    return "Last 24 hours: " + (parts.isEmpty() ? "nothing was sent" : String.join(", ", parts));
  }

  private static String note(Hour total) {
    if (total.permanentlyFailed > 0) {
      return format(total.permanentlyFailed, "failed");
    }
    if (total.delivered > 0) {
      return String.format(Locale.ENGLISH, "%,d", total.delivered);
    }
    return total.skipped > 0
        ? format(total.skipped, "skipped")
        : total.failedAttempts > 0 ? "0" : "none";
  }

  private static String format(long count, String what) {
    return String.format(Locale.ENGLISH, "%,d %s", count, what);
  }

  private static void append(StringBuilder path, int index, double from, double height) {
    if (height > 0) {
      path.append(
          String.format(
              Locale.ENGLISH, "M%d %.1fh%dv%.1fh-%dz", index * STEP, from, WIDTH, -height, WIDTH));
    }
  }
}
