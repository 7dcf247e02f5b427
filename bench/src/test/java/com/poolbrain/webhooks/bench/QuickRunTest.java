package com.poolbrain.webhooks.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.bench.report.Chapter;
import com.poolbrain.webhooks.bench.report.DocsPage;
import com.poolbrain.webhooks.bench.report.Finding;
import com.poolbrain.webhooks.bench.report.Report;
import com.poolbrain.webhooks.bench.report.ReportFiles;
import com.poolbrain.webhooks.bench.scenario.Pace;
import com.poolbrain.webhooks.bench.scenario.Progress;
import com.poolbrain.webhooks.bench.scenario.Scenarios;
import com.poolbrain.webhooks.bench.scenario.Session;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Help.Ansi;

/// The bench measures the real service: what it publishes arrives, and what it finds is written
/// down.
class QuickRunTest {

  @TempDir private Path folder;

  @Test
  void whatIsPublishedArrivesAndWhatIsFoundIsWrittenDown() throws Exception {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    Terminal terminal = new Terminal(InputStream.nullInputStream(), out, out, Ansi.OFF);
    ReportFiles files = new ReportFiles(folder.resolve("results"));

    try (Progress progress = new Progress(null)) {
      new Session(Served.in(folder), new Pace(null, null, 1, 500, true), progress, terminal)
          .run(
              Stream.of("throughput", "latency", "isolation", "backlog", "start")
                  .map(name -> Scenarios.named(name).orElseThrow())
                  .toList(),
              false,
              "webhooks bench run --quick",
              files::write);
    }
    List<Report> reports = files.read();

    assertThat(reports).hasSize(1);
    assertThat(reports.getLast().chapters())
        .as(said.toString())
        .hasSize(5)
        .allMatch(Chapter::isWhole);
    assertThat(reports.getLast().chapters())
        .flatExtracting(Chapter::findings)
        .extracting(Finding::subject)
        .contains("500 due for one that hangs: throughput to that of empty");
    assertThat(reports.getLast().chapters())
        .flatExtracting(Chapter::runs)
        .isNotEmpty()
        .allSatisfy(run -> {
          assertThat(run.counts().received()).isPositive();
          assertThat(run.counts().late() + run.counts().ended()).isZero();
        });
    assertThatThePageTellsOf(reports);
  }

  private void assertThatThePageTellsOf(List<Report> reports) throws IOException {
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
            "process start to ready")
        .doesNotContain(folder.toString(), "{{");
    assertThat(docs.resolve("benchmarks/throughput.svg")).content().startsWith("<svg");
    assertThat(docs.resolve("benchmarks/latency.svg")).content().startsWith("<svg");
  }
}
