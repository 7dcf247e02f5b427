package com.poolbrain.webhooks.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.cli.aot.AotTrainingRun;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Training run of the AOT cache, which the launcher starts after a build.
@Timeout(600)
class AotTrainingRunTest {

  @TempDir private Path folder;

  @Test
  void training_run_ignores_the_environment_and_leaves_no_process() throws Exception {
    Path data = folder.resolve("data");
    ProcessBuilder builder = trainingRunBuilder(data);
    builder.environment().put("WEBHOOKS_DATABASE_URL", "jdbc:postgresql://nowhere.invalid/live");
    builder.environment().put("WEBHOOKS_PORT", "no port");

    try (ServiceProcess trainingRun = ServiceProcess.start(builder)) {
      assertThat(trainingRun.awaitExitCode()).as(trainingRun.outputText()).isZero();
    }
    assertThat(data.resolve("postgres")).isDirectory();
    assertThat(runningCommandLines()).isEmpty();
  }

  @Test
  void terminated_training_run_leaves_no_process() throws Exception {
    try (ServiceProcess trainingRun = start(folder.resolve("data"))) {
      trainingRun.awaitOutput(" failed by ");
      assertThat(runningCommandLines()).hasSizeGreaterThan(1);

      trainingRun.terminate();

      assertThat(trainingRun.awaitExitCode()).isNotZero();
    }
    Await.until("all processes have ended", () -> runningCommandLines().isEmpty());
  }

  @Test
  void training_run_that_cannot_start_fails_with_the_reason() throws Exception {
    Files.createFile(folder.resolve("postgres"));

    assertFails(folder, "webhooks.password is missing");
  }

  @Test
  void training_run_without_a_data_folder_fails_with_the_reason() throws Exception {
    assertFails(Files.createFile(folder.resolve("file")), "a file exists where");
  }

  private List<String> runningCommandLines() {
    return ServiceProcess.commandLinesWith(folder);
  }

  private static void assertFails(Path data, String reason) throws Exception {
    try (ServiceProcess trainingRun = start(data)) {
      assertThat(trainingRun.awaitExitCode()).as(trainingRun.outputText()).isEqualTo(1);
      assertThat(trainingRun.outputText()).contains(reason);
    }
  }

  private static ServiceProcess start(Path data) {
    return ServiceProcess.start(trainingRunBuilder(data));
  }

  private static ProcessBuilder trainingRunBuilder(Path data) {
    return ServiceProcess.javaCommand(AotTrainingRun.class.getName(), data.toString());
  }
}
