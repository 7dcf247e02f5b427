package com.poolbrain.webhooks.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The page of benchmarks: explanations from a template, facts from the results alone. Of each
/// scenario the newest result counts.
public final class DocsPage {

  private static final String TEMPLATE = "benchmarks.md";

  private final Report newestReport;
  private final Map<String, ScenarioResult> resultsByScenario = new LinkedHashMap<>();
  private final Map<String, String> commandsByScenario = new LinkedHashMap<>();
  private @Nullable MachineBaseline machineBaseline;

  /// @param reports oldest first; at least one
  public DocsPage(List<Report> reports) {
    newestReport = reports.getLast();
    for (Report report : reports) {
      machineBaseline =
          report.machineBaseline() == null ? machineBaseline : report.machineBaseline();
      for (ScenarioResult scenarioResult : report.chapters()) {
        ScenarioResult previousResult = resultsByScenario.get(scenarioResult.scenario());
        if (previousResult != null
            && previousResult.failure() == null
            && scenarioResult.failure() != null) {
          continue; // what was measured before says more
        }
        resultsByScenario.put(scenarioResult.scenario(), scenarioResult);
        commandsByScenario.put(
            scenarioResult.scenario(),
            "`%s` on %s, commit `%s`"
                .formatted(report.command(), report.date(), report.machine().commit()));
      }
    }
  }

  /// Writes `benchmarks.md` and its charts into a folder. What `benchmarks/notes.md` says there is
  /// taken over word for word: it is where people say why a target was missed.
  public void write(Path docs) throws IOException {
    Path charts = docs.resolve("benchmarks");
    Files.createDirectories(charts);
    for (ScenarioResult scenarioResult : resultsByScenario.values()) {
      if (!scenarioResult.runs().isEmpty()) {
        Files.writeString(
            charts.resolve(scenarioResult.scenario() + ".svg"), renderChart(scenarioResult));
      }
    }
    String page =
        readTemplate()
            .replace("{{machine}}", machineTable())
            .replace("{{limits}}", baselineText())
            .replace("{{targets}}", targetTable())
            .replace("{{notes}}", readNotes(charts.resolve("notes.md")))
            .replace("{{chapters}}", scenarioSections());
    Files.writeString(docs.resolve(TEMPLATE), page);
  }

  private static String readNotes(Path file) throws IOException {
    return Files.exists(file) ? Files.readString(file).strip() : "";
  }

  private static String renderChart(ScenarioResult scenarioResult) {
    boolean isClosedLoop = scenarioResult.scenario().matches("throughput|backlog|companies");
    return isClosedLoop
        ? SvgChart.bars(
            scenarioResult.scenario() + ": deliveries a second",
            scenarioResult.runs().stream()
                .map(run -> new SvgChart.Bar(run.name(), run.deliveriesPerSecond()))
                .toList())
        : SvgChart.percentiles(
            scenarioResult.scenario() + ": end to end",
            scenarioResult.runs().stream()
                .map(run -> new SvgChart.Line(run.name(), run.endToEndLatency().curve()))
                .toList());
  }

  private String machineTable() {
    Machine machine = newestReport.machine();
    return """
    | | |
    |---|---|
    | processor | %s, %d cores for everything |
    | memory | %s |
    | system | %s |
    | Java | %s |
    | PostgreSQL | %s, its configuration as it comes, `fsync` on |
    | options of the service's Java | `%s` |
    """
        .formatted(
            machine.processor(),
            machine.cores(),
            machine.memory(),
            machine.system(),
            machine.java(),
            machine.postgresVersion(),
            machine.serviceJvmOptions())
        .strip();
  }

  private String baselineText() {
    return machineBaseline == null
        ? "The limits of this machine were not measured in these runs."
        : "```\n" + String.join("\n", TextSummary.of(machineBaseline)) + "\n```";
  }

  private String targetTable() {
    StringBuilder table = new StringBuilder("| Target | Must | Is | |\n|---|---|---|---|\n");
    for (ScenarioResult scenarioResult : resultsByScenario.values()) {
      for (TargetCheck targetCheck : scenarioResult.targetChecks()) {
        table.append(
            String.format(
                Locale.ROOT,
                "| %s | %s | %s | %s |%n",
                targetCheck.subject(),
                targetCheck.limitText(),
                targetCheck.actualText(),
                targetCheck.isMet() ? "" : "**missed**"));
      }
    }
    return table.toString().strip();
  }

  private String scenarioSections() {
    StringBuilder text = new StringBuilder();
    for (ScenarioResult scenarioResult : resultsByScenario.values()) {
      String name = scenarioResult.scenario();
      text.append("\n## ").append(name).append("\n\n");
      if (!scenarioResult.runs().isEmpty()) {
        text.append("![%s](benchmarks/%s.svg)\n\n".formatted(name, name));
      }
      text.append("```\n").append(String.join("\n", TextSummary.of(scenarioResult)).strip());
      text.append("\n```\n\n").append(commandsByScenario.get(name)).append(".\n");
    }
    return text.toString().strip();
  }

  private static String readTemplate() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(DocsPage.class.getResourceAsStream(TEMPLATE), TEMPLATE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
