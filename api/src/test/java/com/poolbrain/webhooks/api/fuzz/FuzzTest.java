package com.poolbrain.webhooks.api.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.api.manage.CursorFuzzTarget;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Looks for inputs that break a parser or writer, beginning with those of
/// `src/test/resources/fuzz`: with a fixed and a new seed, or with `-Dfuzz.seconds=300` that long
/// by Jazzer, which follows the covered code. An input that broke a target belongs into the
/// resources.
@Tag("slow")
class FuzzTest {

  private static final int SECONDS_BY_JAZZER = Integer.getInteger("fuzz.seconds", 0);
  private static final int EXECUTIONS_OF_A_SEED = 50_000;
  private static final Path CORPUS = Path.of("src", "test", "resources", "fuzz");
  private static final Path FOUND = Path.of("target", "fuzz");

  static Stream<Arguments> targets() {
    return Stream.of(
        target(UrlFuzzTarget.class, UrlFuzzTarget::fuzzerTestOneInput),
        target(JsonFuzzTarget.class, JsonFuzzTarget::fuzzerTestOneInput),
        target(EnvelopeFuzzTarget.class, EnvelopeFuzzTarget::fuzzerTestOneInput),
        target(SignatureFuzzTarget.class, SignatureFuzzTarget::fuzzerTestOneInput),
        target(CursorFuzzTarget.class, CursorFuzzTarget::fuzzerTestOneInput));
  }

  private static Arguments target(Class<?> type, Consumer<byte[]> target) {
    return Arguments.of(type, target);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("targets")
  void no_input_breaks_it(Class<?> type, Consumer<byte[]> target, TestReporter report)
      throws Exception {
    Path folder = CORPUS.resolve(type.getSimpleName());
    if (SECONDS_BY_JAZZER > 0) {
      runJazzer(type, folder, report);
      return;
    }
    List<byte[]> corpus = read(folder);
    corpus.forEach(input -> run(target, input, "the corpus"));
    for (long seed : new long[] {1, System.nanoTime()}) {
      InputMutator mutator = new InputMutator(corpus, seed);
      for (int i = 0; i < EXECUTIONS_OF_A_SEED; i++) {
        run(target, mutator.next(), "seed " + seed);
      }
    }
  }

  private static void run(Consumer<byte[]> target, byte[] input, String origin) {
    try {
      target.accept(input);
    } catch (RuntimeException | StackOverflowError broken) {
      throw new AssertionError(
          "An input of %s breaks it, in hexadecimal digits: %s"
              .formatted(origin, HexFormat.of().formatHex(input)),
          broken);
    }
  }

  private static List<byte[]> read(Path folder) throws IOException {
    List<byte[]> corpus = new ArrayList<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        corpus.add(Files.readAllBytes(file));
      }
    }
    return corpus;
  }

  /// Keeps new inputs that reach new code, and the one that breaks the target, below `target`.
  private static void runJazzer(Class<?> type, Path folder, TestReporter report) throws Exception {
    Path found = Files.createDirectories(FOUND.resolve(type.getSimpleName()));
    ProcessBuilder command =
        ServiceProcess.javaCommand(
            "-Xmx512m",
            "-XX:+EnableDynamicAgentLoading",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "com.code_intelligence.jazzer.Jazzer",
            "--target_class=" + type.getName(),
            "--instrumentation_includes=com.poolbrain.**",
            "-max_total_time=" + SECONDS_BY_JAZZER,
            "-print_final_stats=1",
            "-artifact_prefix=" + found.toAbsolutePath() + "/",
            found.toString(),
            folder.toString());
    try (ServiceProcess jazzer = ServiceProcess.start(command)) {
      assertThat(jazzer.awaitExitCode()).as(jazzer.outputText()).isZero();
      jazzer.output().stream()
          .filter(line -> line.contains("number_of_executed_units"))
          .forEach(line -> report.publishEntry(type.getSimpleName(), line));
    }
  }
}
