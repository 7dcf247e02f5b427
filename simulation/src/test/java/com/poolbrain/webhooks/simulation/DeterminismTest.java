package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The same seed is the same story, to the last step of the last thread.
@Tag("slow")
final class DeterminismTest {

  private static final int FIRST_SEED = 1;
  private static final int LAST_SEED = 60;

  @Test
  void a_seed_has_the_same_trace_hash_in_another_jvm() throws Exception {
    String expected = TraceHashes.ofSeeds(FIRST_SEED, LAST_SEED);

    assertThat(runInAnotherJvm("-XX:+UseParallelGC", "-XX:hashCode=2")).isEqualTo(expected);
    assertThat(expected.lines()).hasSize(LAST_SEED);
  }

  @Test
  void different_seeds_have_different_trace_hashes() {
    assertThat(
            TraceHashes.ofSeeds(FIRST_SEED, LAST_SEED)
                .lines()
                .map(line -> line.replaceAll("^story \\d+", "")))
        .doesNotHaveDuplicates();
  }

  /// With identity hashes and timing of its own.
  private static String runInAnotherJvm(String... options)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("simulation.jvm").split(" ")));
    command.add("-XX:+UnlockExperimentalVMOptions");
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            TraceHashes.class.getName(),
            Integer.toString(FIRST_SEED),
            Integer.toString(LAST_SEED)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }
}
