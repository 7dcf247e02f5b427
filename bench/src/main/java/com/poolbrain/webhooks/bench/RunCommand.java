package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.report.Progress;
import com.poolbrain.webhooks.bench.report.ReportFiles;
import com.poolbrain.webhooks.bench.scenario.BenchScenario;
import com.poolbrain.webhooks.bench.scenario.BenchSession;
import com.poolbrain.webhooks.bench.scenario.RunOptions;
import com.poolbrain.webhooks.bench.service.LaunchCommand;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./webhooks bench run`: measures this service or another webhook server.
@Command(
    name = "run",
    sortOptions = false,
    description = {
      "Measures this service: starts it with a PostgreSQL of its own, and stops both afterwards."
          + " With --target, measures another webhook server.",
      "",
      "Scenarios: throughput, latency, isolation, backlog, companies, start, soak, neighbour,"
          + " hostile-publisher, recovery, export, import, page, queries; or 'all'. Without --scenario"
          + " it runs throughput and latency, which takes about three minutes.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:measured, and no delivery was lost",
      "1:a delivery was lost or unexpected, or the measurement failed",
      "2:usage error"
    },
    footer = {
      "",
      "Examples:",
      "  webhooks bench run",
      "  webhooks bench run --limits --scenario throughput",
      "  webhooks bench run --scenario all --out results",
      "  webhooks bench run --scenario queries,page --deliveries 10000000",
      "  webhooks bench run --target target.json --receive-http --receive-port 9000",
      "",
      "With --target it prints the URLs to register with the server, waits for Enter, checks that"
          + " one event arrives, and measures after the warm-up. A target.json for this service:",
      "",
      "  {\"publish_url\": \"http://127.0.0.1:8080/api/v1/events\",",
      "   \"headers\": {\"Authorization\": \"Bearer a-key-for-trying-things-out\"},",
      "   \"body\": {\"company_id\": 40, \"event\": \"customer.created\", \"timestamp\": \"{{TS}}\",",
      "            \"data\": {\"customerId\": 1001, \"displayName\": \"{{ID}}\"}}}",
    })
final class RunCommand implements Callable<Integer> {

  /// Bounds the memory of the counters.
  private static final int MAX_SECONDS = 600;

  private static final int MAX_CONNECTIONS = 10_000;
  private static final int MAX_DELIVERIES = 10_000_000;

  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      split = ",",
      description = "What to measure, separated by commas (default: throughput,latency).")
  private List<String> scenarioNames = List.of("throughput", "latency");

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "Publishing time of each run (default: depends on the scenario).")
  private @Nullable Integer runSeconds;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections of publishers (default: depends on the scenario).")
  private @Nullable Integer connectionCount;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description =
          "Full load before the first run, so that the JVM has compiled the service (default: 30).")
  private int warmUpSeconds;

  @Option(
      names = "--deliveries",
      paramLabel = "N",
      description =
          "Deliveries in the database of the scenarios backlog, export, page and queries (default:"
              + " 1,000,000) and recovery (default: 100,000). Ten million need about 10 GB of disk and"
              + " ten minutes.")
  private @Nullable Integer deliveries;

  @Option(
      names = "--limits",
      description =
          "Measure the limits of the machine first; throughput is then also given as a share of"
              + " them.")
  private boolean measuresBaseline;

  @Option(
      names = "--quick",
      description = "Runs of one second, to check that everything works. The figures mean nothing.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "bench-results",
      description = "Folder of the results, JSON (default: ${DEFAULT-VALUE}).")
  private Path outputFolder = Path.of("bench-results");

  @ArgGroup(exclusive = false)
  private @Nullable ExternalTargetOptions externalTarget;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    RunOptions options = runOptions();
    if (externalTarget != null) {
      externalTarget.validate();
      rejectWithTarget("--scenario", "--limits", "--out", "--deliveries");
      return new ExternalTargetRun(terminal, externalTarget, options).call();
    }
    List<BenchScenario> scenarios = selectScenarios();
    BenchSession session =
        new BenchSession(
            LaunchCommand.ofLauncher(), options, Progress.forTerminal(terminal), terminal);
    boolean isSuccessful =
        session.run(
            scenarios, measuresBaseline, commandText(), new ReportFiles(outputFolder)::write);
    terminal.println(
        "%nThe results are in %s. 'webhooks bench docs --from %s' makes a page of them."
            .formatted(outputFolder, outputFolder));
    return isSuccessful ? 0 : 1;
  }

  private RunOptions runOptions() {
    requireInRange("--seconds", runSeconds, MAX_SECONDS);
    requireInRange("--connections", connectionCount, MAX_CONNECTIONS);
    requireInRange("--warm-up", warmUpSeconds, MAX_SECONDS);
    requireInRange("--deliveries", deliveries, MAX_DELIVERIES);
    return new RunOptions(
        runSeconds, connectionCount, quick ? 1 : warmUpSeconds, deliveries, quick);
  }

  static void requireInRange(String option, @Nullable Integer value, int max) {
    if (value != null && (value < 1 || value > max)) {
      throw CommandException.usageError("%s is a number from 1 to %d.".formatted(option, max));
    }
  }

  private void rejectWithTarget(String... options) {
    CommandSpec command = spec;
    for (String option : options) {
      if (command != null && command.commandLine().getParseResult().hasMatchedOption(option)) {
        throw CommandException.usageError(
            option + " does not go with --target: it is for measuring this service.");
      }
    }
  }

  private List<BenchScenario> selectScenarios() {
    List<String> allNames = BenchScenario.all().stream().map(BenchScenario::name).toList();
    return scenarioNames.stream()
        .flatMap(name -> name.equals("all") ? allNames.stream() : Stream.of(name))
        .distinct()
        .map(name ->
            BenchScenario.find(name)
                .orElseThrow(() ->
                    CommandException.usageError(
                        "there is no scenario '%s'; choose from %s, all."
                            .formatted(name, String.join(", ", allNames)))))
        .toList();
  }

  private String commandText() {
    CommandSpec command = spec;
    return command == null
        ? "webhooks bench run"
        : "./webhooks bench "
            + String.join(" ", command.root().commandLine().getParseResult().originalArgs());
  }
}
