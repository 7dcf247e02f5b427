package com.poolbrain.webhooks.bench.report;

import com.poolbrain.webhooks.bench.load.RunCounters;
import com.poolbrain.webhooks.bench.service.MissingDeliveries;
import com.poolbrain.webhooks.bench.service.ResourceUsage;
import com.poolbrain.webhooks.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;

/// Results as text for a terminal.
public final class TextSummary {

  private static final double MIB = 1 << 20;

  private TextSummary() {}

  /// A scenario: what was measured, what it cost, and which targets are met.
  public static List<String> of(ScenarioResult result) {
    List<String> lines = new ArrayList<>();
    addParagraph(lines, List.of(result.scenario() + ": " + result.description()));
    if (!result.runs().isEmpty()) {
      addParagraph(lines, outcomeTable(result.runs()));
      addParagraph(lines, costTable(result.runs()));
    }
    if (result.failure() != null) {
      addParagraph(lines, List.of("The scenario ended early: " + result.failure()));
    }
    addParagraph(lines, result.notes());
    if (!result.targetChecks().isEmpty()) {
      addParagraph(lines, targetTable(result.targetChecks()));
    }
    return lines;
  }

  private static void addParagraph(List<String> lines, List<String> paragraph) {
    if (!paragraph.isEmpty()) {
      lines.add("");
      lines.addAll(paragraph);
    }
  }

  private static List<String> outcomeTable(List<RunResult> runs) {
    Table table =
        new Table(
            "run",
            "accepted/s",
            "delivered/s",
            "accept p50 p99 ms",
            "end to end p50 p99 p99.9 max ms",
            "refused, unanswered",
            "open, ended, lost",
            "duplicates",
            "unexpected");
    for (RunResult run : runs) {
      RunCounters.Counts counts = run.counts();
      MissingDeliveries missing = run.missing();
      LatencyStats accept = run.acceptLatency();
      LatencyStats endToEnd = run.endToEndLatency();
      table.addRow(
          run.name(),
          "%,.0f".formatted(counts.accepted() / run.seconds()),
          "%,.0f".formatted(run.deliveriesPerSecond()),
          "%.2f %.2f".formatted(accept.p50(), accept.p99()),
          "%.2f %.2f %.2f %.2f"
              .formatted(endToEnd.p50(), endToEnd.p99(), endToEnd.p999(), endToEnd.max()),
          "%,d %,d".formatted(counts.refused(), counts.unanswered()),
          "%,d %,d %,d".formatted(missing.open(), missing.endedUndelivered(), missing.lost()),
          "%,d".formatted(counts.duplicates()),
          "%,d".formatted(counts.unexpected()));
    }
    return table.toLines();
  }

  private static List<String> costTable(List<RunResult> runs) {
    Table table =
        new Table(
            "per delivery",
            "service µs",
            "PostgreSQL µs",
            "bench µs",
            "WAL bytes",
            "WAL syncs of the run",
            "service RSS MiB");
    for (RunResult run : runs) {
      ResourceUsage cost = run.cost();
      table.addRow(
          run.name(),
          format("%,.1f", cost.serviceMicros()),
          format("%,.1f", cost.postgresMicros()),
          format("%,.1f", cost.benchMicros()),
          format("%,.0f", cost.walBytes()),
          format("%,.0f", cost.walSyncs()),
          format("%,.0f", cost.maxRssBytes() / MIB));
    }
    return table.toLines();
  }

  private static String format(String pattern, double value) {
    return Double.isNaN(value) ? "-" : pattern.formatted(value);
  }

  private static List<String> targetTable(List<TargetCheck> checks) {
    Table table = new Table("measure", "target", "result", "");
    for (TargetCheck check : checks) {
      String miss = check.isMet() ? "" : "missed";
      table.addRow(check.subject(), check.limitText(), check.actualText(), miss);
    }
    return table.toLines();
  }

  /// The limits of the machine.
  public static List<String> of(MachineBaseline baseline) {
    Table table = new Table("step alone, client and server", "µs of CPU");
    table.addRow("publish over HTTP", "%.1f".formatted(baseline.publishMicros()));
    table.addRow("HTTPS request", "%.1f".formatted(baseline.postMicros()));
    table.addRow("storage cycle, batches of 100", "%.1f".formatted(baseline.storageCycleMicros()));
    table.addRow(
        "storage cycle, batches of 1,000", "%.1f".formatted(baseline.storageCycleOf1000Micros()));
    List<String> lines = new ArrayList<>(table.toLines());
    lines.add("");
    lines.add(
        "limit = %,d / (%.1f + %.1f + %.1f) = %,.0f deliveries/s; %,.0f synced writes of 8 KiB per second"
            .formatted(
                baseline.microsPerSecond(),
                baseline.publishMicros(),
                baseline.postMicros(),
                baseline.storageCycleMicros(),
                baseline.maxDeliveriesPerSecond(),
                baseline.syncsPerSecond()));
    return lines;
  }
}
