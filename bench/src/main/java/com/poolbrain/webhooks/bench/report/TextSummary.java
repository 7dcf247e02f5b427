package com.poolbrain.webhooks.bench.report;

import com.poolbrain.webhooks.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Results as text for a terminal.
public final class TextSummary {

  private static final double MIB = 1 << 20;

  private TextSummary() {}

  /// A chapter: one table of what happened, one of what it cost, and what was aimed at.
  public static List<String> of(ScenarioResult scenarioResult) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(scenarioResult.scenario() + ": " + scenarioResult.description());
    if (!scenarioResult.runs().isEmpty()) {
      lines.add("");
      lines.addAll(outcomeTable(scenarioResult.runs()).toLines());
      lines.add("");
      lines.addAll(costTable(scenarioResult.runs()).toLines());
    }
    if (scenarioResult.failure() != null) {
      lines.add("");
      lines.add("Could not be measured to the end: " + scenarioResult.failure());
    }
    if (!scenarioResult.notes().isEmpty()) {
      lines.add("");
      lines.addAll(scenarioResult.notes());
    }
    if (!scenarioResult.targetChecks().isEmpty()) {
      lines.add("");
      lines.addAll(targetTable(scenarioResult.targetChecks()).toLines());
    }
    return lines;
  }

  private static Table outcomeTable(List<RunResult> runs) {
    Table table =
        new Table(
            "run",
            "accepted/s",
            "delivered/s",
            "accept p50 p99 ms",
            "end to end p50 p99 p99.9 max ms",
            "refused, unanswered",
            "late, ended, lost",
            "twice",
            "wrong");
    for (RunResult run : runs) {
      table.addRow(
          run.name(),
          String.format(Locale.ROOT, "%,.0f", run.counts().accepted() / run.seconds()),
          String.format(Locale.ROOT, "%,.0f", run.deliveriesPerSecond()),
          String.format(
              Locale.ROOT, "%.2f %.2f", run.acceptLatency().p50(), run.acceptLatency().p99()),
          String.format(
              Locale.ROOT,
              "%.2f %.2f %.2f %.2f",
              run.endToEndLatency().p50(),
              run.endToEndLatency().p99(),
              run.endToEndLatency().p999(),
              run.endToEndLatency().max()),
          String.format(Locale.ROOT, "%,d %,d", run.counts().refused(), run.counts().unanswered()),
          String.format(
              Locale.ROOT,
              "%,d %,d %,d",
              run.counts().open(),
              run.counts().endedUndelivered(),
              run.counts().lost()),
          String.format(Locale.ROOT, "%,d", run.counts().duplicates()),
          String.format(Locale.ROOT, "%,d", run.counts().unexpected()));
    }
    return table;
  }

  private static Table costTable(List<RunResult> runs) {
    Table table =
        new Table(
            "each delivery",
            "service µs",
            "PostgreSQL µs",
            "bench µs",
            "WAL bytes",
            "WAL syncs in all",
            "service RSS MiB");
    for (RunResult run : runs) {
      RunResult.CostPerDelivery costPerDelivery = run.costPerDelivery();
      table.addRow(
          run.name(),
          formatOrDash(1, costPerDelivery.serviceMicros()),
          formatOrDash(1, costPerDelivery.postgresMicros()),
          formatOrDash(1, costPerDelivery.benchMicros()),
          formatOrDash(0, costPerDelivery.walBytes()),
          costPerDelivery.walSyncs() == null
              ? "-"
              : String.format(Locale.ROOT, "%,d", costPerDelivery.walSyncs()),
          costPerDelivery.maxRssBytes() == null
              ? "-"
              : String.format(Locale.ROOT, "%,.0f", costPerDelivery.maxRssBytes() / MIB));
    }
    return table;
  }

  private static Table targetTable(List<TargetCheck> targetChecks) {
    Table table = new Table("target", "must", "is", "");
    targetChecks.forEach(targetCheck ->
        table.addRow(
            targetCheck.subject(),
            targetCheck.limitText(),
            targetCheck.actualText(),
            targetCheck.isMet() ? "" : "missed"));
    return table;
  }

  /// The limits of the machine.
  public static List<String> of(MachineBaseline machineBaseline) {
    Table table = new Table("alone, both ends", "µs of CPU");
    table.addRow(
        "one publish over HTTP",
        String.format(Locale.ROOT, "%.1f", machineBaseline.publishMicros()));
    table.addRow(
        "one HTTPS post", String.format(Locale.ROOT, "%.1f", machineBaseline.postMicros()));
    table.addRow(
        "one storage cycle, batches of 100",
        String.format(Locale.ROOT, "%.1f", machineBaseline.storageCycleMicros()));
    table.addRow(
        "one storage cycle, batches of 1,000",
        String.format(Locale.ROOT, "%.1f", machineBaseline.storageCycleOf1000Micros()));
    List<String> lines = new ArrayList<>(table.toLines());
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "limit = 2,000,000 / (%.1f + %.1f + %.1f) = %,.0f deliveries a second; 8 KiB can be forced to disk %,.0f times a second.",
            machineBaseline.publishMicros(),
            machineBaseline.postMicros(),
            machineBaseline.storageCycleMicros(),
            machineBaseline.maxDeliveriesPerSecond(),
            machineBaseline.syncsPerSecond()));
    return lines;
  }

  private static String formatOrDash(int digits, @Nullable Double number) {
    return number == null ? "-" : String.format(Locale.ROOT, "%,." + digits + "f", number);
  }
}
