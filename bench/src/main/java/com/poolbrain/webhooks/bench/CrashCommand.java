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

/// `./webhooks bench crash`: kills the service again and again, and counts.
@Command(
    name = "crash",
    sortOptions = false,
    description = {
      "Kills the service again and again while events are published, starts it again on the same"
          + " data, and counts what was accepted and what arrived. A third of the time its database"
          + " is killed with it. Each round kills at another moment: while it starts, while events"
          + " are published, while deliveries are made and recorded."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:nothing is lost or wrong", "1:something is", "2:called wrongly"})
public final class CrashCommand implements Callable<Integer> {

  private static final long DEFAULT_SEED = 20_260_213;

  private final Terminal terminal;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How often it is killed: ${DEFAULT-VALUE}; 200 for a night.")
  private int rounds;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "" + DEFAULT_SEED,
      description = "Decides the moments: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(names = "--json", paramLabel = "FILE", description = "Writes the report there, too.")
  private @Nullable Path json;

  /// A command that reports there.
  public CrashCommand(Terminal terminal) {
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
    for (String mismatch : report.violations().mismatches()) {
      terminal.println("wrong: " + mismatch);
    }
    for (String unexpectedAnswer : report.violations().unexpectedAnswers()) {
      terminal.println("surprise: " + unexpectedAnswer);
    }
    return report.isPassed() ? 0 : 1;
  }
}
