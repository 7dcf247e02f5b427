package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.query.QueryRun;
import com.poolbrain.webhooks.bench.query.QueryRun.CallTimes;
import com.poolbrain.webhooks.bench.report.Progress;
import com.poolbrain.webhooks.bench.service.BenchEnvironment;
import com.poolbrain.webhooks.bench.service.LaunchCommand;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.Table;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./webhooks bench queries`: measures lists and look-ups.
@Command(
    name = "queries",
    sortOptions = false,
    description = {
      "Fills the database with deliveries of 30 days, and measures the delivery log, the search,"
          + " single deliveries, the support look-up and statistics over HTTP, one call at a time."
          + " Ten million deliveries need about 10 GB of disk and ten minutes.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:every p95 is at most 200 ms", "1:a p95 is larger", "2:usage error"},
    footer = {
      "",
      "Examples:",
      "  webhooks bench queries",
      "  webhooks bench queries --deliveries 10000000",
    })
final class QueriesCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(
      names = "--deliveries",
      paramLabel = "N",
      defaultValue = "1000000",
      description = "Deliveries in the database (default: ${DEFAULT-VALUE}).")
  private long deliveries;

  @Option(
      names = "--calls",
      paramLabel = "N",
      defaultValue = "200",
      description = "Calls of each kind (default: ${DEFAULT-VALUE}).")
  private int calls;

  QueriesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (deliveries < 1 || calls < 1) {
      throw CommandException.usageError("give positive numbers.");
    }
    Progress progress = Progress.forTerminal(terminal);
    try (BenchEnvironment environment = new BenchEnvironment(LaunchCommand.ofLauncher())) {
      List<CallTimes> times = new QueryRun(environment, progress).measure(deliveries, calls);
      Table table =
          new Table("%,d deliveries".formatted(deliveries), "p50 ms", "p95 ms", "max ms", "");
      for (CallTimes call : times) {
        table.addRow(
            call.name(),
            "%.1f".formatted(call.p50()),
            "%.1f".formatted(call.p95()),
            "%.1f".formatted(call.max()),
            call.check().isMet() ? "" : "missed");
      }
      table.toLines().forEach(terminal::println);
      return times.stream().allMatch(call -> call.check().isMet()) ? 0 : 1;
    }
  }
}
