package com.poolbrain.webhooks.bench;

import com.poolbrain.webhooks.cli.terminal.Terminal;
import com.poolbrain.webhooks.simulation.ErrorLog;
import com.poolbrain.webhooks.simulation.Stories;
import com.poolbrain.webhooks.simulation.Stories.Told;
import com.poolbrain.webhooks.simulation.Story;
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

  private static final int TOLD_WHOLE = 3;

  private final Terminal terminal;
  private final Object line = new Object();
  private final List<Long> bad = new ArrayList<>();
  private long played;

  @ArgGroup(exclusive = true)
  private Which which = new Which();

  @Option(
      names = "--from",
      defaultValue = "1",
      paramLabel = "SEED",
      description = "The first seed. Default: ${DEFAULT-VALUE}.")
  private long from;

  @Option(names = "--minutes", paramLabel = "MINUTES", description = "Stop after so many.")
  private @Nullable Long minutes;

  /// Which seeds.
  private static final class Which {
    @Option(
        names = "--seeds",
        defaultValue = "10000",
        paramLabel = "COUNT",
        description = "How many. Default: ${DEFAULT-VALUE}.")
    private long seeds = 10_000;

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
    return which.seed == null ? many() : one(which.seed);
  }

  private int one(long seed) {
    System.setProperty("slf4j.provider", ErrorLog.class.getName()); // what is logged is part of it
    System.setProperty("slf4j.internal.verbosity", "WARN");
    Story story = Story.of(seed);
    terminal.say(story.report());
    return story.problems().isEmpty() ? 0 : 1;
  }

  private int many() throws IOException, InterruptedException {
    long began = System.nanoTime();
    Stories stories = new Stories(from, from + which.seeds - 1, told -> listen(told, began));
    if (minutes != null) {
      Executor inTime = CompletableFuture.delayedExecutor(minutes, TimeUnit.MINUTES);
      inTime.execute(stories::stop);
    }
    stories.play();
    clearLine();
    terminal.say(
        "%,d stories from seed %d in %s: %s"
            .formatted(
                played,
                from,
                passed(began),
                bad.isEmpty() ? "all end well." : bad.size() + " end badly: " + bad));
    return bad.isEmpty() ? 0 : 1;
  }

  private void listen(Told told, long began) {
    synchronized (line) {
      played++;
      if (!told.well()) {
        bad.add(told.seed());
        clearLine();
        terminal.say(bad.size() <= TOLD_WHOLE ? told.report() : "Story " + told.seed() + " too");
      }
      if (played % 100 == 0 && terminal.ansi().enabled()) {
        terminal
            .err()
            .printf("\r%,d of %,d stories, %s", played, which.seeds, passed(began))
            .flush();
      }
    }
  }

  private void clearLine() {
    if (terminal.ansi().enabled()) {
      terminal.err().print("\r\u001b[K");
      terminal.err().flush();
    }
  }

  private static String passed(long began) {
    Duration passed = Duration.ofNanos(System.nanoTime() - began);
    return "%d:%02d min".formatted(passed.toMinutes(), passed.toSecondsPart());
  }
}
