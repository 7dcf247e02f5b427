package com.poolbrain.webhooks.consumer;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.ThreadIdGen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The store in memory answers threads that race as if they came one after the other. Lincheck
/// makes the threads, and looks for an order that explains their answers.
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoreRaceTest {

  private static final int THREADS = 3;
  private static final int CALLS = 3;
  private static final int SCENARIOS = 8;

  /// A store with room for two of three deliveries, and the last claim of each thread.
  @Param(name = "id", gen = IntGen.class, conf = "1:3")
  @Param(name = "thread", gen = ThreadIdGen.class)
  public static class Racers {

    private static final Duration RETENTION = Duration.ofDays(1);
    private static final Duration LEASE = Duration.ofMinutes(4);

    private final IdempotencyStore store =
        new InMemoryIdempotencyStore(2, RETENTION, () -> Instant.EPOCH);
    private final ClaimResult[] latest = new ClaimResult[THREADS + 1];

    /// Called by Lincheck.
    public Racers() {}

    @Operation
    public String claim(@Param(name = "thread") int thread, @Param(name = "id") int id) {
      return claim(thread, id, LEASE);
    }

    /// A claim that others can take over at once.
    @Operation
    public String claimBriefly(@Param(name = "thread") int thread, @Param(name = "id") int id) {
      return claim(thread, id, Duration.ZERO);
    }

    private String claim(int thread, int id, Duration lease) {
      try {
        latest[thread] = store.claim(new UUID(0, id), lease);
        return latest[thread].getClass().getSimpleName();
      } catch (IllegalStateException full) {
        return "full";
      }
    }

    @Operation
    public String complete(@Param(name = "thread") int thread) {
      return latest[thread] instanceof Claim claim ? "" + store.complete(claim) : "nothing";
    }

    @Operation
    public void release(@Param(name = "thread") int thread) {
      if (latest[thread] instanceof Claim claim) {
        store.release(claim);
      }
    }
  }

  @Test
  void answers_under_all_explored_schedules_have_an_order() {
    new ModelCheckingOptions()
        .threads(THREADS)
        .actorsPerThread(CALLS)
        .iterations(SCENARIOS)
        .invocationsPerIteration(200)
        .check(Racers.class);
  }

  @Test
  void answers_to_real_threads_have_an_order() {
    new StressOptions()
        .threads(THREADS)
        .actorsPerThread(CALLS)
        .iterations(SCENARIOS)
        .invocationsPerIteration(1000)
        .check(Racers.class);
  }
}
