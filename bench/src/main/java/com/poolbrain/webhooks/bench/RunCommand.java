package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.report.Chapter;
import com.poolbrain.webhooks.bench.report.Report;
import com.poolbrain.webhooks.bench.report.ReportFiles;
import com.poolbrain.webhooks.bench.scenario.Pace;
import com.poolbrain.webhooks.bench.scenario.Progress;
import com.poolbrain.webhooks.bench.scenario.Scenario;
import com.poolbrain.webhooks.bench.scenario.Scenarios;
import com.poolbrain.webhooks.bench.scenario.Session;
import com.poolbrain.webhooks.bench.service.Program;
import com.poolbrain.webhooks.cli.terminal.Failure;
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
  private static final int MOST_SECONDS = 600;

  private static final int MOST_CONNECTIONS = 10_000;
  private static final int MOST_BACKLOG = 10_000_000;

  private final Terminal terminal;

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--scenario",
      paramLabel = "NAME",
      split = ",",
      description = "What to measure; several with commas (default: throughput,latency).")
  private List<String> scenarios = List.of("throughput", "latency");

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "How long each run publishes; what suits the scenario unless given.")
  private @Nullable Integer seconds;

  @Option(
      names = "--connections",
      paramLabel = "N",
      description = "Connections of publishers; what suits the scenario unless given.")
  private @Nullable Integer connections;

  @Option(
      names = "--warm-up",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "Full load before the first run, so that the compiler is done (default: 30).")
  private int warmUp;

  @Option(
      names = "--backlog",
      paramLabel = "N",
      description = "Deliveries that wait in the scenario backlog (default: 1,000,000).")
  private @Nullable Integer backlog;

  @Option(
      names = "--limits",
      description = "Measure first what the machine can do at most; results then say our share.")
  private boolean limits;

  @Option(
      names = "--quick",
      description = "A second of everything, to see that it works. The figures mean nothing.")
  private boolean quick;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "bench-results",
      description = "Where the JSON of the results goes (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("bench-results");

  @Mixin private final ForeignOptions foreign = new ForeignOptions();

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    Pace pace = pace();
    foreign.check();
    if (foreign.isGiven()) {
      refuse("--scenario", "--limits", "--out", "--backlog");
      return new ForeignRun(terminal, foreign, pace).call();
    }
    List<Scenario> wanted = wanted();
    ReportFiles files = new ReportFiles(out);
    List<Report> kept = new ArrayList<>();
    try (Progress progress = Progress.on(terminal)) {
      Session session = new Session(Program.ofLauncher(), pace, progress, terminal);
      session.run(
          wanted,
          limits,
          command(),
          report -> {
            var _ = files.write(report);
            kept.add(report);
          });
    }
    terminal.say("");
    terminal.say(
        "Results are in "
            + out
            + "; 'webhooks bench docs --from "
            + out
            + "' makes a page of them.");
    return kept.getLast().chapters().stream().allMatch(Chapter::isWhole) ? 0 : 1;
  }

  private Pace pace() {
    within("--seconds", seconds, MOST_SECONDS);
    within("--connections", connections, MOST_CONNECTIONS);
    within("--warm-up", warmUp, MOST_SECONDS);
    within("--backlog", backlog, MOST_BACKLOG);
    return new Pace(seconds, connections, quick ? 1 : warmUp, backlog, quick);
  }

  private static void within(String option, @Nullable Integer number, int most) {
    if (number != null && (number < 1 || number > most)) {
      throw Failure.usage("%s is a number from 1 to %d.".formatted(option, most));
    }
  }

  /// What says something about our own service only.
  private void refuse(String... options) {
    CommandSpec called = spec;
    for (String option : options) {
      if (called != null && called.commandLine().getParseResult().hasMatchedOption(option)) {
        throw Failure.usage(option + " does not go with --target: it is about our own service.");
      }
    }
  }

  private List<Scenario> wanted() {
    Set<Scenario> wanted = new LinkedHashSet<>();
    for (String name : scenarios) {
      if (name.equals("all")) {
        wanted.addAll(Scenarios.all());
      } else {
        wanted.add(
            Scenarios.named(name)
                .orElseThrow(() ->
                    Failure.usage(
                        "there is no scenario '%s'; choose from %s, all."
                            .formatted(name, names()))));
      }
    }
    return new ArrayList<>(wanted);
  }

  private static String names() {
    return String.join(", ", Scenarios.all().stream().map(Scenario::name).toList());
  }

  private String command() {
    CommandSpec called = spec;
    return called == null
        ? "webhooks bench run"
        : "./webhooks bench "
            + String.join(" ", called.root().commandLine().getParseResult().originalArgs());
  }
}
