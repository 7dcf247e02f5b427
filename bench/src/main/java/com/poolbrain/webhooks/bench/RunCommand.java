package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.report.Report;
import com.poolbrain.webhooks.bench.report.ReportFiles;
import com.poolbrain.webhooks.bench.report.ScenarioResult;
import com.poolbrain.webhooks.bench.scenario.BenchSession;
import com.poolbrain.webhooks.bench.scenario.Progress;
import com.poolbrain.webhooks.bench.scenario.RunOptions;
import com.poolbrain.webhooks.bench.scenario.Scenario;
import com.poolbrain.webhooks.bench.scenario.Scenarios;
import com.poolbrain.webhooks.bench.service.LaunchCommand;
import com.poolbrain.webhooks.cli.terminal.CommandException;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `./webhooks bench run`: measures our own service, or any other webhook server.
@Command(
    name = "run",
    sortOptions = false,
    description = {
      "Measures our own service, which it starts with a PostgreSQL of its own and stops afterwards;"
          + " or, with --target, any other webhook server.",
      "",
      "Scenarios: throughput, latency, isolation, backlog, companies, start, soak, neighbour; or"
          + " 'all'. Without --scenario it runs throughput and latency, which takes about three"
          + " minutes.",
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:measured, and nothing was lost",
      "1:something was lost or wrong, or it could not be measured",
      "2:called wrongly"
    },
    footer = {
      "",
      "Examples:",
      "  webhooks bench run",
      "  webhooks bench run --limits --scenario throughput",
      "  webhooks bench run --scenario all --out results",
      "  webhooks bench run --target target.json --receive-http --receive-port 9000",
      "",
      "With --target it says which URLs to register with the server, waits for Enter, sees that one"
          + " event arrives, and measures after the warm-up. A target.json, here for this service:",
      "",
      "  {\"publish_url\": \"http://127.0.0.1:8080/api/v1/events\",",
      "   \"headers\": {\"Authorization\": \"Bearer a-key-for-trying-things-out\"},",
      "   \"body\": {\"company_id\": 40, \"event\": \"customer.created\", \"timestamp\": \"{{TS}}\",",
      "            \"data\": {\"customerId\": 1001, \"displayName\": \"{{ID}}\"}}}",
    })
final class RunCommand implements Callable<Integer> {

  /// A tally keeps some bytes of each event that could be published.
  private static final int MAX_SECONDS = 600;

  private static final int MAX_CONNECTIONS = 10_000;
  private static final int MAX_BACKLOG = 10_000_000;

  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      split = ",",
      description = "What to measure; several with commas (default: throughput,latency).")
  private List<String> scenarioNames = List.of("throughput", "latency");

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long each run publishes; what suits the scenario unless given.")
  private @Nullable Integer runSeconds;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections of publishers; what suits the scenario unless given.")
  private @Nullable Integer connectionCount;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "Full load before the first run, so that the compiler is done (default: 30).")
  private int warmUpSeconds;

  @Option(
      names = "--backlog",
      paramLabel = "N",
      description = "Deliveries that wait in the scenario backlog (default: 1,000,000).")
  private @Nullable Integer backlogSize;

  @Option(
      names = "--limits",
      description = "Measure first what the machine can do at most; results then say our share.")
  private boolean measuresBaseline;

  @Option(
      names = "--quick",
      description = "A second of everything, to see that it works. The figures mean nothing.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "bench-results",
      description = "Where the JSON of the results goes (default: ${DEFAULT-VALUE}).")
  private Path outputFolder = Path.of("bench-results");

  @Mixin private final ExternalTargetOptions externalTarget = new ExternalTargetOptions();

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    RunOptions runOptions = runOptions();
    externalTarget.validate();
    if (externalTarget.isGiven()) {
      rejectOwnServiceOptions("--scenario", "--limits", "--out", "--backlog");
      return new ExternalTargetRun(terminal, externalTarget, runOptions).call();
    }
    List<Scenario> selected = selectScenarios();
    ReportFiles files = new ReportFiles(outputFolder);
    List<Report> reports = new ArrayList<>();
    try (Progress progress = Progress.forTerminal(terminal)) {
      BenchSession benchSession =
          new BenchSession(LaunchCommand.ofLauncher(), runOptions, progress, terminal);
      benchSession.run(
          selected,
          measuresBaseline,
          commandText(),
          report -> {
            var _ = files.write(report);
            reports.add(report);
          });
    }
    terminal.println("");
    terminal.println(
        "Results are in "
            + outputFolder
            + "; 'webhooks bench docs --from "
            + outputFolder
            + "' makes a page of them.");
    return reports.getLast().chapters().stream().allMatch(ScenarioResult::isSuccessful) ? 0 : 1;
  }

  private RunOptions runOptions() {
    requireInRange("--seconds", runSeconds, MAX_SECONDS);
    requireInRange("--connections", connectionCount, MAX_CONNECTIONS);
    requireInRange("--warm-up", warmUpSeconds, MAX_SECONDS);
    requireInRange("--backlog", backlogSize, MAX_BACKLOG);
    return new RunOptions(
        runSeconds, connectionCount, quick ? 1 : warmUpSeconds, backlogSize, quick);
  }

  private static void requireInRange(String option, @Nullable Integer value, int max) {
    if (value != null && (value < 1 || value > max)) {
      throw CommandException.usageError("%s is a number from 1 to %d.".formatted(option, max));
    }
  }

  /// What says something about our own service only.
  private void rejectOwnServiceOptions(String... options) {
    CommandSpec commandSpec = spec;
    for (String option : options) {
      if (commandSpec != null
          && commandSpec.commandLine().getParseResult().hasMatchedOption(option)) {
        throw CommandException.usageError(
            option + " does not go with --target: it is about our own service.");
      }
    }
  }

  private List<Scenario> selectScenarios() {
    Set<Scenario> selected = new LinkedHashSet<>();
    for (String name : scenarioNames) {
      if (name.equals("all")) {
        selected.addAll(Scenarios.all());
      } else {
        selected.add(
            Scenarios.find(name)
                .orElseThrow(() ->
                    CommandException.usageError(
                        "there is no scenario '%s'; choose from %s, all."
                            .formatted(name, availableNames()))));
      }
    }
    return new ArrayList<>(selected);
  }

  private static String availableNames() {
    return String.join(", ", Scenarios.all().stream().map(Scenario::name).toList());
  }

  private String commandText() {
    CommandSpec commandSpec = spec;
    return commandSpec == null
        ? "webhooks bench run"
        : "./webhooks bench "
            + String.join(" ", commandSpec.root().commandLine().getParseResult().originalArgs());
  }
}
