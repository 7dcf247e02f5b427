package com.poolbrain.webhooks.simulation;

import com.poolbrain.webhooks.domain.RetrySchedule;
import com.poolbrain.webhooks.engine.EngineSettings;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/// Under which conditions a story plays.
///
/// @param unrest how likely a thread loses its turn where it need not
/// @param badLuck how likely a call to the ledger goes wrong
/// @param slowest nanoseconds that half a call to the ledger takes at most
/// @param length in which things happen; then it plays on until it is quiet
record Setting(
    int nodes,
    EngineSettings engine,
    double unrest,
    double badLuck,
    long slowest,
    Duration length,
    Troubles troubles) {

  /// What may happen besides publishing.
  record Troubles(boolean nodes, boolean storms, boolean jumps, boolean changes, boolean byHand) {}

  private static final int[] NODES = {1, 1, 1, 2, 2, 2, 3, 3, 4, 5};
  private static final int[] IN_FLIGHT = {1, 2, 4, 8, 16, 40};
  private static final double[] UNREST = {0, 0.02, 0.1, 0.3};
  private static final double[] BAD_LUCK = {0, 0, 0, 0.003, 0.02, 0.1};
  private static final long[] SLOWEST = {200_000, 2_000_000, 20_000_000, 150_000_000};
  private static final List<List<Duration>> WAITS =
      List.of(
          List.of(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5)),
          List.of(Duration.ofMillis(500), Duration.ofMillis(900)),
          List.of(Duration.ofSeconds(3), Duration.ofSeconds(6), Duration.ofSeconds(9)));

  static Setting of(SplittableRandom random) {
    int nodes = NODES[random.nextInt(NODES.length)];
    EngineSettings engine =
        new EngineSettings(
            Duration.ofMillis(random.nextInt(1_500, 4_000)),
            new RetrySchedule(WAITS.get(random.nextInt(WAITS.size())), 0.1),
            Duration.ofMillis(random.nextInt(400, 2_000)),
            IN_FLIGHT[random.nextInt(IN_FLIGHT.length)],
            random.nextInt(1, 7));
    Troubles troubles =
        new Troubles(
            random.nextInt(2) == 0,
            random.nextInt(4) == 0,
            random.nextInt(8) == 0,
            random.nextInt(5) < 3,
            random.nextInt(5) < 2);
    return new Setting(
        nodes,
        engine,
        UNREST[random.nextInt(UNREST.length)],
        BAD_LUCK[random.nextInt(BAD_LUCK.length)],
        SLOWEST[random.nextInt(SLOWEST.length)],
        Duration.ofMillis(random.nextInt(3_000, 12_000)),
        troubles);
  }

  /// Whether nothing happens to nodes, ledger and clocks.
  boolean calm() {
    return badLuck == 0 && !troubles.nodes() && !troubles.storms() && !troubles.jumps();
  }
}
