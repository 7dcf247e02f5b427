package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.simulation.ParallelSimulations.Result;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The same seed gives the same simulation, to the last step of every thread.
@Tag("slow")
final class DeterminismTest {

  private static final int FIRST_SEED = 1;
  private static final int LAST_SEED = 60;

  @Test
  void a_seed_has_the_same_trace_hash_in_another_jvm() throws Exception {
    assertThat(runInAnotherJvm("-XX:+UseParallelGC", "-XX:hashCode=2"))
        .hasSize(LAST_SEED)
        .isEqualTo(run());
  }

  @Test
  void different_seeds_have_different_trace_hashes() {
    assertThat(run()).extracting(Result::traceHash).doesNotHaveDuplicates();
  }

  private static List<Result> run() {
    return LongStream.rangeClosed(FIRST_SEED, LAST_SEED)
        .mapToObj(Simulation::run)
        .map(Result::of)
        .toList();
  }

  /// Runs with other identity hashes and another timing.
  private static List<Result> runInAnotherJvm(String... options)
      throws IOException, InterruptedException {
    List<String> jvmOptions = new ArrayList<>(List.of("-XX:+UnlockExperimentalVMOptions"));
    jvmOptions.addAll(List.of(options));
    Process worker = SimulationWorker.start(jvmOptions, FIRST_SEED, LAST_SEED, 1);
    List<Result> results = new ArrayList<>();
    try (DataInputStream in = new DataInputStream(worker.getInputStream())) {
      for (int seed = FIRST_SEED; seed <= LAST_SEED; seed++) {
        results.add(Result.readFrom(in));
      }
    }
    assertThat(worker.waitFor()).isZero();
    return results;
  }
}
