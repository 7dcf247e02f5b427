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

/// `./webhooks bench docs`: writes the page `docs/benchmarks.md`.
@Command(
    name = "docs",
    sortOptions = false,
    description = {
      "Writes benchmarks.md and its charts from the results of runs. The newest result of each"
          + " scenario counts.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:written", "1:there are no readable results", "2:usage error"},
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
      description = "Folder of the results (default: ${DEFAULT-VALUE}).")
  private Path resultsFolder = Path.of("bench-results");

  @Option(
      names = "--to",
      paramLabel = "FOLDER",
      description = "Folder of the page (default: the folder docs of this repository).")
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
