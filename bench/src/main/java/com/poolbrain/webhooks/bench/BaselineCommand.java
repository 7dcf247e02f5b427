package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.baseline.BaselineRunner;
import com.poolbrain.webhooks.bench.report.Progress;
import com.poolbrain.webhooks.bench.report.TextSummary;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.bench.service.LaunchCommand;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./webhooks bench limits`: measures the limits of the machine.
@Command(
    name = "limits",
    sortOptions = false,
    description = {
      "Measures each step of a delivery alone, client and server together: a publish over HTTP, an"
          + " HTTPS request, storing a delivery and its result. Also measures synced disk writes."
          + " Takes about a minute.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:measured", "1:the measurement failed", "2:usage error"},
    footer = {"", "Examples:", "  webhooks bench limits"})
final class BaselineCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(names = "--quick", description = "Only check that it works. The figures mean nothing.")
  private boolean quick;

  BaselineCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    Progress progress = Progress.forTerminal(terminal);
    try (BenchEnvironment environment = new BenchEnvironment(LaunchCommand.ofLauncher())) {
      TextSummary.of(BaselineRunner.measure(environment, quick, progress))
          .forEach(terminal::println);
    }
    return 0;
  }
}
