package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.report.DocsPage;
import com.poolbrain.webhooks.bench.report.ReportFiles;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./webhooks bench docs`: makes the page of benchmarks.
@Command(
    name = "docs",
    sortOptions = false,
    description = {
      "Writes benchmarks.md and its charts from the results of runs. Of each scenario the newest"
          + " result counts.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:written",
      "1:there are no results, or they can't be read",
      "2:called wrongly"
    },
    footer = {
      "",
      "Examples:",
      "  webhooks bench docs",
      "  webhooks bench docs --from results --to docs",
    })
final class DocsCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(
      names = "--from",
      paramLabel = "FOLDER",
      defaultValue = "bench-results",
      description = "Where the results are (default: ${DEFAULT-VALUE}).")
  private Path resultsFolder = Path.of("bench-results");

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description = "Where the page goes (default: the folder docs of this repository).")
  private @Nullable Path docsFolder;

  DocsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Path docs =
        docsFolder == null ? Path.of(System.getProperty("webhooks.home", "."), "docs") : docsFolder;
    new DocsPage(new ReportFiles(resultsFolder).read()).write(docs);
    terminal.println("Written: " + docs.resolve("benchmarks.md"));
    return 0;
  }
}
