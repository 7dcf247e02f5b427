package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.cli.terminal.Terminal;
import com.poolbrain.webhooks.testkit.crash.CrashPlan;
import com.poolbrain.webhooks.testkit.crash.CrashReport;
import com.poolbrain.webhooks.testkit.crash.CrashTestRun;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./webhooks bench crash`: kills the service repeatedly and audits its deliveries.
@Command(
    name = "crash",
    sortOptions = false,
    description = {
      "Kills the service repeatedly while events are published, restarts it on the same data, and"
          + " compares what was accepted with what was delivered. In a third of the rounds its"
          + " database is killed too. The kill comes during the start, while events are published, or"
          + " while deliveries are sent and recorded."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:no delivery was lost or wrong",
      "1:a delivery was lost or wrong",
      "2:usage error"
    })
final class CrashCommand implements Callable<Integer> {

  private static final long DEFAULT_SEED = 20_260_213;

  private final Terminal terminal;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "10",
      description = "Number of kills (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + DEFAULT_SEED,
      description = "Seed of the times of the kills (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Also write the report to this file.")
  private @Nullable Path json;

  CrashCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("webhooks-crash");
    terminal.err().println("The data is in " + folder);
    CrashReport report;
    try (CrashTestRun crashTestRun = new CrashTestRun(folder, CrashPlan.of(rounds, seed))) {
      report = crashTestRun.run(terminal.err()::println);
    }
    terminal.println(report.table());
    if (json != null) {
      Files.writeString(json, report.json());
    }
    report.violations().mismatches().forEach(each -> terminal.println("wrong delivery: " + each));
    report
        .violations()
        .unexpectedAnswers()
        .forEach(each -> terminal.println("unexpected response: " + each));
    return report.isPassed() ? 0 : 1;
  }
}
