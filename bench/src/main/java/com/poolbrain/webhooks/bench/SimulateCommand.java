package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.bench.report.Progress;
import com.poolbrain.webhooks.cli.terminal.Terminal;
import com.poolbrain.webhooks.simulation.ErrorLog;
import com.poolbrain.webhooks.simulation.ParallelSimulations;
import com.poolbrain.webhooks.simulation.ParallelSimulations.Result;
import com.poolbrain.webhooks.simulation.Simulation;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `./webhooks bench simulate`: runs the engine in simulated environments.
@Command(
    name = "simulate",
    sortOptions = false,
    description = {
      "Runs simulations: the real engine on a virtual clock, with a simulated database, simulated"
          + " endpoints, and faults chosen by a seed. Checks after each that no delivery was lost,"
          + " changed, or sent to the wrong endpoint or at the wrong time."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:every simulation passed", "1:a simulation failed", "2:usage error"})
final class SimulateCommand implements Callable<Integer> {

  private static final int MAX_FULL_REPORTS = 3;

  private final Terminal terminal;
  private final Progress progress;
  private final List<Long> failedSeeds = new ArrayList<>();
  private long completedRuns;

  @ArgGroup(exclusive = true)
  private SeedOptions seedOptions = new SeedOptions();

  @Option(
      names = "--from",
      defaultValue = "1",
      paramLabel = "SEED",
      description = "The first seed (default: ${DEFAULT-VALUE}).")
  private long firstSeed;

  @Option(names = "--minutes", paramLabel = "MINUTES", description = "Stop after this time.")
  private @Nullable Long minutes;

  /// The seeds to run.
  private static final class SeedOptions {
    @Option(
        names = "--seeds",
        defaultValue = "10000",
        paramLabel = "COUNT",
        description = "Number of seeds (default: ${DEFAULT-VALUE}).")
    private long seedCount = 10_000;

    @Option(
        names = "--seed",
        paramLabel = "SEED",
        description = "Run one simulation and print its full trace, also if it passes.")
    private @Nullable Long seed;
  }

  SimulateCommand(Terminal terminal) {
    this.terminal = terminal;
    progress = Progress.forTerminal(terminal);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return seedOptions.seed == null ? runMany() : runOne(seedOptions.seed);
  }

  private int runOne(long seed) {
    System.setProperty("slf4j.provider", ErrorLog.class.getName()); // checks what is logged
    System.setProperty("slf4j.internal.verbosity", "WARN");
    Simulation simulation = Simulation.run(seed);
    terminal.println(simulation.report());
    return simulation.violations().isEmpty() ? 0 : 1;
  }

  private int runMany() throws IOException, InterruptedException {
    long startNanos = System.nanoTime();
    ParallelSimulations simulations =
        new ParallelSimulations(
            firstSeed,
            firstSeed + seedOptions.seedCount - 1,
            result -> onResult(result, startNanos));
    if (minutes != null) {
      Executor timeout = CompletableFuture.delayedExecutor(minutes, TimeUnit.MINUTES);
      timeout.execute(simulations::stop);
    }
    simulations.run();
    progress.clear();
    String outcome =
        failedSeeds.isEmpty() ? "all passed." : failedSeeds.size() + " failed: " + failedSeeds;
    terminal.println(
        "%,d simulations from seed %d in %s: %s"
            .formatted(completedRuns, firstSeed, formatElapsed(startNanos), outcome));
    return failedSeeds.isEmpty() ? 0 : 1;
  }

  private synchronized void onResult(Result result, long startNanos) {
    completedRuns++;
    if (!result.hasPassed()) {
      failedSeeds.add(result.seed());
      progress.clear();
      terminal.println(
          failedSeeds.size() <= MAX_FULL_REPORTS
              ? result.report()
              : "Seed " + result.seed() + " failed too.");
    }
    if (completedRuns % 100 == 0) {
      progress.show(
          "%,d of %,d simulations, %s"
              .formatted(completedRuns, seedOptions.seedCount, formatElapsed(startNanos)));
    }
  }

  private static String formatElapsed(long startNanos) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    return "%d:%02d min".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
  }
}
