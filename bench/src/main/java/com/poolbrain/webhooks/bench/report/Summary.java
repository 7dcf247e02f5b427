package com.poolbrain.webhooks.bench.report;

import com.poolbrain.webhooks.cli.terminal.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Results as text for a terminal.
public final class Summary {

  private static final double MIB = 1 << 20;

  private Summary() {}

  /// A chapter: one table of what happened, one of what it cost, and what was aimed at.
  public static List<String> of(Chapter chapter) {
    List<String> lines = new ArrayList<>();
    lines.add("");
    lines.add(chapter.scenario() + ": " + chapter.about());
    if (!chapter.runs().isEmpty()) {
      lines.add("");
      lines.addAll(happened(chapter.runs()).lines());
      lines.add("");
      lines.addAll(costs(chapter.runs()).lines());
    }
    if (chapter.failure() != null) {
      lines.add("");
      lines.add("Could not be measured to the end: " + chapter.failure());
    }
    if (!chapter.notes().isEmpty()) {
      lines.add("");
      lines.addAll(chapter.notes());
    }
    if (!chapter.findings().isEmpty()) {
      lines.add("");
      lines.addAll(findings(chapter.findings()).lines());
    }
    return lines;
  }

  private static Table happened(List<Measured> runs) {
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
    for (Measured run : runs) {
      table.row(
          run.name(),
          String.format(Locale.ROOT, "%,.0f", run.counts().accepted() / run.seconds()),
          String.format(Locale.ROOT, "%,.0f", run.perSecond()),
          String.format(Locale.ROOT, "%.2f %.2f", run.accept().p50(), run.accept().p99()),
          String.format(
              Locale.ROOT,
              "%.2f %.2f %.2f %.2f",
              run.endToEnd().p50(),
              run.endToEnd().p99(),
              run.endToEnd().p999(),
              run.endToEnd().max()),
          String.format(Locale.ROOT, "%,d %,d", run.counts().refused(), run.counts().unanswered()),
          String.format(
              Locale.ROOT,
              "%,d %,d %,d",
              run.counts().late(),
              run.counts().ended(),
              run.counts().lost()),
          String.format(Locale.ROOT, "%,d", run.counts().duplicates()),
          String.format(Locale.ROOT, "%,d", run.counts().wrong()));
    }
    return table;
  }

  private static Table costs(List<Measured> runs) {
    Table table =
        new Table(
            "each delivery",
            "service µs",
            "PostgreSQL µs",
            "bench µs",
            "WAL bytes",
            "WAL syncs in all",
            "service RSS MiB");
    for (Measured run : runs) {
      Measured.Each each = run.each();
      table.row(
          run.name(),
          known(1, each.serviceMicros()),
          known(1, each.postgresMicros()),
          known(1, each.benchMicros()),
          known(0, each.walBytes()),
          each.walSyncs() == null ? "-" : String.format(Locale.ROOT, "%,d", each.walSyncs()),
          each.rssMaxBytes() == null
              ? "-"
              : String.format(Locale.ROOT, "%,.0f", each.rssMaxBytes() / MIB));
    }
    return table;
  }

  private static Table findings(List<Finding> findings) {
    Table table = new Table("target", "must", "is", "");
    findings.forEach(finding ->
        table.row(
            finding.subject(),
            finding.mustText(),
            finding.isText(),
            finding.met() ? "" : "missed"));
    return table;
  }

  /// The limits of the machine.
  public static List<String> of(Limits limits) {
    Table table = new Table("alone, both ends", "µs of CPU");
    table.row("one publish over HTTP", String.format(Locale.ROOT, "%.1f", limits.publish()));
    table.row("one HTTPS post", String.format(Locale.ROOT, "%.1f", limits.post()));
    table.row(
        "one storage cycle, batches of 100", String.format(Locale.ROOT, "%.1f", limits.cycle()));
    table.row(
        "one storage cycle, batches of 1,000",
        String.format(Locale.ROOT, "%.1f", limits.cycleOf1000()));
    List<String> lines = new ArrayList<>(table.lines());
    lines.add("");
    lines.add(
        String.format(
            Locale.ROOT,
            "limit = 2,000,000 / (%.1f + %.1f + %.1f) = %,.0f deliveries a second; 8 KiB can be forced to disk %,.0f times a second.",
            limits.publish(),
            limits.post(),
            limits.cycle(),
            limits.perSecond(),
            limits.syncsPerSecond()));
    return lines;
  }

  private static String known(int digits, @Nullable Double number) {
    return number == null ? "-" : String.format(Locale.ROOT, "%,." + digits + "f", number);
  }
}
