package com.poolbrain.webhooks.bench.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The page `docs/benchmarks.md`: text from a template, figures from reports. The newest complete
/// result of each scenario counts.
public final class DocsPage {

  private static final String TEMPLATE = "benchmarks.md";

  private final Machine machine;
  private final Map<String, ScenarioResult> resultsByScenario = new LinkedHashMap<>();
  private final Map<String, String> sourcesByScenario = new LinkedHashMap<>();
  private @Nullable MachineBaseline baseline;

  /// @param reports oldest first; at least one
  public DocsPage(List<Report> reports) {
    machine = reports.getLast().machine();
    for (Report report : reports) {
      baseline = report.machineBaseline() == null ? baseline : report.machineBaseline();
      for (ScenarioResult result : report.results()) {
        String scenario = result.scenario();
        ScenarioResult previous = resultsByScenario.get(scenario);
        if (result.failure() == null || previous == null || previous.failure() != null) {
          resultsByScenario.put(scenario, result);
          sourcesByScenario.put(
              scenario,
              "`%s` on %s, commit `%s`"
                  .formatted(report.command(), report.date(), report.machine().commit()));
        }
      }
    }
  }

  /// Writes `benchmarks.md` and its charts. The text of `benchmarks/notes.md`, which is written by
  /// hand, is copied into the page.
  public void write(Path docs) throws IOException {
    Path charts = docs.resolve("benchmarks");
    Files.createDirectories(charts);
    for (ScenarioResult result : resultsByScenario.values()) {
      if (!result.runs().isEmpty()) {
        Files.writeString(charts.resolve(result.scenario() + ".svg"), renderChart(result));
      }
    }
    Path notes = charts.resolve("notes.md");
    String page =
        readTemplate()
            .replace("{{machine}}", machineTable())
            .replace("{{limits}}", baselineText())
            .replace("{{targets}}", targetTable())
            .replace("{{notes}}", Files.exists(notes) ? Files.readString(notes).strip() : "")
            .replace("{{scenarios}}", scenarioSections());
    Files.writeString(docs.resolve(TEMPLATE), page);
  }

  private static String renderChart(ScenarioResult result) {
    boolean isClosedLoop = result.scenario().matches("throughput|backlog|companies");
    return isClosedLoop
        ? SvgChart.throughput(result.scenario() + ": deliveries per second", result.runs())
        : SvgChart.latency(result.scenario() + ": end to end", result.runs());
  }

  private String machineTable() {
    return """
    | | |
    |---|---|
    | processor | %s, %d cores for everything |
    | memory | %s |
    | system | %s |
    | Java | %s |
    | PostgreSQL | %s, default configuration, `fsync` on |
    | JVM options of the service | `%s` |\
    """
        .formatted(
            machine.processor(),
            machine.cores(),
            machine.memory(),
            machine.system(),
            machine.java(),
            machine.postgresVersion(),
            machine.serviceJvmOptions());
  }

  private String baselineText() {
    return baseline == null
        ? "The limits of this machine were not measured in these runs."
        : "```\n" + String.join("\n", TextSummary.of(baseline)) + "\n```";
  }

  private String targetTable() {
    StringBuilder table = new StringBuilder("| Measure | Target | Result | |\n|---|---|---|---|");
    for (ScenarioResult result : resultsByScenario.values()) {
      for (TargetCheck check : result.targetChecks()) {
        String miss = check.isMet() ? "" : "**missed**";
        table.append(
            "\n| %s | %s | %s | %s |"
                .formatted(check.subject(), check.limitText(), check.actualText(), miss));
      }
    }
    return table.toString();
  }

  private String scenarioSections() {
    StringBuilder text = new StringBuilder();
    for (ScenarioResult result : resultsByScenario.values()) {
      String name = result.scenario();
      text.append("\n## ").append(name).append("\n\n");
      if (!result.runs().isEmpty()) {
        text.append("![%s](benchmarks/%s.svg)\n\n".formatted(name, name));
      }
      text.append("```\n").append(String.join("\n", TextSummary.of(result)).strip());
      text.append("\n```\n\n").append(sourcesByScenario.get(name)).append(".\n");
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
