package com.poolbrain.webhooks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.bench.report.DocsPage;
import com.poolbrain.webhooks.bench.report.Progress;
import com.poolbrain.webhooks.bench.report.Report;
import com.poolbrain.webhooks.bench.report.ReportFiles;
import com.poolbrain.webhooks.bench.report.ScenarioResult;
import com.poolbrain.webhooks.bench.report.TargetCheck;
import com.poolbrain.webhooks.bench.scenario.BenchScenario;
import com.poolbrain.webhooks.bench.scenario.BenchSession;
import com.poolbrain.webhooks.bench.scenario.RunOptions;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/// A quick run against the real service loses nothing and writes its report and page.
@Tag("slow")
class QuickRunTest {

  @TempDir private Path folder;

  @Test
  void quick_run_loses_nothing_and_writes_report_and_page() throws Exception {
    StringWriter output = new StringWriter();
    PrintWriter out = new PrintWriter(output);
    Terminal terminal = new Terminal(InputStream.nullInputStream(), out, out, Ansi.OFF);
    ReportFiles files = new ReportFiles(folder.resolve("results"));

    boolean isSuccessful =
        new BenchSession(
                TestLaunchCommand.inFolder(folder),
                new RunOptions(null, null, 1, 500, true),
                Progress.SILENT,
                terminal)
            .run(
                Stream.of(
                        "throughput",
                        "latency",
                        "isolation",
                        "backlog",
                        "start",
                        "hostile-publisher",
                        "recovery",
                        "export",
                        "import",
                        "page",
                        "queries")
                    .map(name -> BenchScenario.find(name).orElseThrow())
                    .toList(),
                false,
                "webhooks bench run --quick",
                files::write);
    List<Report> reports = files.read();

    assertThat(isSuccessful).as(output.toString()).isTrue();
    assertThat(reports).hasSize(1);
    assertThat(reports.getLast().results())
        .as(output.toString())
        .hasSize(11)
        .allMatch(ScenarioResult::isSuccessful);
    assertThat(reports.getLast().results())
        .flatExtracting(ScenarioResult::targetChecks)
        .extracting(TargetCheck::subject)
        .contains("500 due for a hanging endpoint: throughput to that of empty")
        .anyMatch(subject -> subject.startsWith("HTML pages, 500 deliveries: p95 of the slowest"));
    assertThat(reports.getLast().results())
        .flatExtracting(ScenarioResult::runs)
        .isNotEmpty()
        .allSatisfy(run -> {
          assertThat(run.counts().received()).isPositive();
          assertThat(run.missing().open() + run.missing().endedUndelivered()).isZero();
        });
    assertPageContains(reports);
  }

  private void assertPageContains(List<Report> reports) throws IOException {
    Path docs = folder.resolve("docs");
    new DocsPage(reports).write(docs);

    assertThat(docs.resolve("benchmarks.md"))
        .content()
        .contains(
            "## throughput",
            "## latency",
            "## isolation",
            "## backlog",
            "## start",
            "## hostile-publisher",
            "## recovery",
            "500 deliveries recovered",
            "## export",
            "## import",
            "## page",
            "support console, URL and time",
            "## queries",
            "statistics of an endpoint, 30 d",
            "process start to ready")
        .doesNotContain(folder.toString(), "{{");
    assertThat(docs.resolve("benchmarks/throughput.svg")).content().startsWith("<svg");
    assertThat(docs.resolve("benchmarks/latency.svg")).content().startsWith("<svg");
  }
}
