package com.poolbrain.webhooks.e2e.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.cli.aot.AotTrainingRun;
import com.poolbrain.webhooks.testkit.service.Await;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The start and the work that the launcher has Java record after a build.
@Timeout(600)
class AotTrainingRunTest {

  @TempDir private Path folder;

  @Test
  void training_run_ignores_the_environment_and_leaves_no_process() throws Exception {
    Path data = folder.resolve("data");
    ProcessBuilder builder = trainingRunBuilder(data);
    builder.environment().put("WEBHOOKS_DATABASE_URL", "jdbc:postgresql://nowhere.invalid/live");
    builder.environment().put("WEBHOOKS_PORT", "no port");

    Process trainingRun = builder.start();
    String output = new String(trainingRun.getInputStream().readAllBytes(), UTF_8);

    assertThat(trainingRun.waitFor()).as(output).isZero();
    assertThat(data.resolve("postgres")).isDirectory();
    assertThat(runningCommandLines()).isEmpty();
  }

  @Test
  void terminated_training_run_leaves_no_process() throws Exception {
    Process trainingRun = trainingRunBuilder(folder.resolve("data")).start();
    try (var output = trainingRun.inputReader(UTF_8)) {
      assertThat(output.lines().anyMatch(line -> line.contains(" failed by "))).isTrue();
      assertThat(runningCommandLines()).hasSizeGreaterThan(1);

      trainingRun.toHandle().destroy(); // which leaves its output to be read

      output.transferTo(Writer.nullWriter());
    }
    assertThat(trainingRun.waitFor()).isNotZero();
    Await.until("all of it has ended", this::runningCommandLines, List::isEmpty);
  }

  @Test
  void training_run_that_cannot_start_fails_with_the_reason() throws Exception {
    Files.createFile(folder.resolve("postgres"));

    assertFails(folder, "can't be started");
  }

  @Test
  void training_run_without_a_data_folder_fails_with_the_reason() throws Exception {
    assertFails(Files.createFile(folder.resolve("file")), "a file stands where");
  }

  private List<String> runningCommandLines() {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(folder.toString()))
        .toList();
  }

  private static void assertFails(Path data, String reason) throws Exception {
    Process trainingRun = trainingRunBuilder(data).start();
    String output = new String(trainingRun.getInputStream().readAllBytes(), UTF_8);

    assertThat(trainingRun.waitFor()).as(output).isEqualTo(1);
    assertThat(output).contains(reason);
  }

  private static ProcessBuilder trainingRunBuilder(Path data) {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            AotTrainingRun.class.getName(),
            data.toString())
        .redirectErrorStream(true);
  }
}
