package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.baseline.BaselineRunner;
import com.poolbrain.webhooks.bench.report.TextSummary;
import com.poolbrain.webhooks.bench.scenario.Progress;
import com.poolbrain.webhooks.bench.scenario.RunOptions;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.bench.service.LaunchCommand;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.IOException;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./webhooks bench limits`: what the machine can do at most.
@Command(
    name = "limits",
    sortOptions = false,
    description = {
      "Measures each step of a delivery alone, both ends: one publish over HTTP, one HTTPS post, one"
          + " storage cycle; and how often the disk can be written to. Takes a minute.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:measured", "1:could not be measured", "2:called wrongly"},
    footer = {"", "Examples:", "  webhooks bench limits"})
final class BaselineCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(names = "--quick", description = "Only see that it works. The figures mean nothing.")
  private boolean quick;

  BaselineCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    RunOptions runOptions = new RunOptions(null, null, 1, null, quick);
    try (Progress progress = Progress.forTerminal(terminal);
        BenchEnvironment benchEnvironment = new BenchEnvironment(LaunchCommand.ofLauncher())) {
      TextSummary.of(BaselineRunner.measure(benchEnvironment, runOptions, progress))
          .forEach(terminal::println);
    }
    return 0;
  }
}
