package com.poolbrain.webhooks.bench.query;

import com.poolbrain.webhooks.bench.report.TargetCheck;
import com.poolbrain.webhooks.cli.terminal.Table;
import java.util.Comparator;
import java.util.List;
import org.HdrHistogram.Histogram;

/// The response times of one kind of call in milliseconds.
public record CallTimes(String name, double p50, double p95, double max) {

  /// The times of a histogram of microseconds.
  public static CallTimes of(String name, Histogram micros) {
    return new CallTimes(
        name,
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(95) / 1e3,
        micros.getMaxValue() / 1e3);
  }

  /// The check of the slowest call, which all others meet too.
  ///
  /// @param subject what was called
  public static TargetCheck checkSlowest(
      String subject, double maxP95Millis, List<CallTimes> calls) {
    CallTimes slowest =
        calls.stream().max(Comparator.comparingDouble(CallTimes::p95)).orElseThrow();
    return TargetCheck.atMost(
        "%s: p95 of the slowest of %d (%s)".formatted(subject, calls.size(), slowest.name()),
        maxP95Millis,
        "ms",
        slowest.p95());
  }

  /// The lines of a table that names the calls that are too slow.
  public static List<String> table(String heading, double maxP95Millis, List<CallTimes> calls) {
    Table table = new Table(heading, "p50 ms", "p95 ms", "max ms", "");
    for (CallTimes call : calls) {
      table.addRow(
          call.name,
          "%.1f".formatted(call.p50),
          "%.1f".formatted(call.p95),
          "%.1f".formatted(call.max),
          call.p95 <= maxP95Millis ? "" : "missed");
    }
    return table.toLines();
  }
}
