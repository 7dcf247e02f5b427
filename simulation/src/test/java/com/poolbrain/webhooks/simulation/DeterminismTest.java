package com.poolbrain.webhooks.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The same seed is the same story, to the last step of the last thread.
final class DeterminismTest {

  private static final int FIRST = 1;
  private static final int LAST = 60;

  @Test
  void another_jvm_tells_the_same_stories() throws Exception {
    String here = Traces.of(FIRST, LAST);

    assertThat(inAnotherJvm("-XX:+UseParallelGC", "-XX:hashCode=2")).isEqualTo(here);
    assertThat(here.lines()).hasSize(LAST);
  }

  @Test
  void other_seeds_are_other_stories() {
    assertThat(Traces.of(FIRST, LAST).lines().map(line -> line.replaceAll("^story \\d+", "")))
        .doesNotHaveDuplicates();
  }

  /// With identity hashes and timing of its own.
  private static String inAnotherJvm(String... options) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(System.getProperty("simulation.jvm").split(" ")));
    command.add("-XX:+UnlockExperimentalVMOptions");
    command.addAll(List.of(options));
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            Traces.class.getName(),
            Integer.toString(FIRST),
            Integer.toString(LAST)));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    return output;
  }
}
