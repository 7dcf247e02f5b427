package com.poolbrain.webhooks.bench;

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

/// `./webhooks bench simulate`: the real engine in worlds that seeds decide.
@Command(
    name = "simulate",
    sortOptions = false,
    description = {
      "Plays stories: the real engine on a virtual clock, with a simulated database and simulated"
          + " consumers, and whatever a seed makes go wrong. Checks after each that nothing was"
          + " lost, changed, or sent where or when it must not be.",
      "Ends with 1 if a story ended badly, and tells it."
    })
final class SimulateCommand implements Callable<Integer> {

  private static final int MAX_FULL_REPORTS = 3;

  private final Terminal terminal;
  private final Object outputLock = new Object();
  private final List<Long> failedSeeds = new ArrayList<>();
  private long completedRuns;

  @ArgGroup(exclusive = true)
  private SeedOptions seedOptions = new SeedOptions();

  @Option(
      names = "--from",
      defaultValue = "1",
      paramLabel = "SEED",
      description = "The first seed. Default: ${DEFAULT-VALUE}.")
  private long firstSeed;

  @Option(names = "--minutes", paramLabel = "MINUTES", description = "Stop after so many.")
  private @Nullable Long minutes;

  /// Which seeds.
  private static final class SeedOptions {
    @Option(
        names = "--seeds",
        defaultValue = "10000",
        paramLabel = "COUNT",
        description = "How many. Default: ${DEFAULT-VALUE}.")
    private long seedCount = 10_000;

    @Option(
        names = "--seed",
        paramLabel = "SEED",
        description = "Play one story and tell it whole, whether it ends well or not.")
    private @Nullable Long seed;
  }

  SimulateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    return seedOptions.seed == null ? runMany() : runOne(seedOptions.seed);
  }

  private int runOne(long seed) {
    System.setProperty("slf4j.provider", ErrorLog.class.getName()); // what is logged is part of it
    System.setProperty("slf4j.internal.verbosity", "WARN");
    Simulation simulation = Simulation.run(seed);
    terminal.println(simulation.report());
    return simulation.violations().isEmpty() ? 0 : 1;
  }

  private int runMany() throws IOException, InterruptedException {
    long startNanos = System.nanoTime();
    ParallelSimulations parallelSimulations =
        new ParallelSimulations(
            firstSeed,
            firstSeed + seedOptions.seedCount - 1,
            result -> onResult(result, startNanos));
    if (minutes != null) {
      Executor timeoutExecutor = CompletableFuture.delayedExecutor(minutes, TimeUnit.MINUTES);
      timeoutExecutor.execute(parallelSimulations::stop);
    }
    parallelSimulations.run();
    clearProgressLine();
    terminal.println(
        "%,d stories from seed %d in %s: %s"
            .formatted(
                completedRuns,
                firstSeed,
                formatElapsed(startNanos),
                failedSeeds.isEmpty()
                    ? "all end well."
                    : failedSeeds.size() + " end badly: " + failedSeeds));
    return failedSeeds.isEmpty() ? 0 : 1;
  }

  private void onResult(Result result, long startNanos) {
    synchronized (outputLock) {
      completedRuns++;
      if (!result.hasPassed()) {
        failedSeeds.add(result.seed());
        clearProgressLine();
        terminal.println(
            failedSeeds.size() <= MAX_FULL_REPORTS
                ? result.report()
                : "Story " + result.seed() + " too");
      }
      if (completedRuns % 100 == 0 && terminal.ansi().enabled()) {
        terminal
            .err()
            .printf(
                "\r%,d of %,d stories, %s",
                completedRuns, seedOptions.seedCount, formatElapsed(startNanos))
            .flush();
      }
    }
  }

  private void clearProgressLine() {
    if (terminal.ansi().enabled()) {
      terminal.err().print("\r\u001b[K");
      terminal.err().flush();
    }
  }

  private static String formatElapsed(long startNanos) {
    Duration elapsed = Duration.ofNanos(System.nanoTime() - startNanos);
    return "%d:%02d min".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
  }
}
