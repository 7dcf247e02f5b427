package com.poolbrain.webhooks.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The demo as a process. It is ended by SIGTERM, which has the same effect as the SIGINT of Ctrl-C
/// but is not ignored by background processes.
@Timeout(600)
class DemoTest {

  @TempDir private Path folder;

  @Test
  void demo_runs_to_its_end_with_all_checks_passed() throws Exception {
    ServiceProcess demo = start("--once");

    assertThat(demo.awaitExitCode()).as(demo.outputText()).isZero();
    assertThat(demo.outputText())
        .containsPattern("customer.created +100 +crm +1 +delivered")
        .containsPattern("customer.status.changed +1 +billing +3 +delivered")
        .containsPattern("job.one_time.deleted +1 +legacy +4 +permanently_failed")
        .containsPattern("All [0-9]+ checks of this demo passed");
    assertThat(folder).as("files left behind").isEmptyDirectory();
  }

  @Test
  void demo_terminated_midway_leaves_nothing_behind() throws Exception {
    try (ServiceProcess demo = start()) {
      demo.awaitOutput("customers are imported");
      assertThat(runningCommandLines()).as("the demo and its PostgreSQL").hasSizeGreaterThan(1);

      demo.terminate();

      assertThat(demo.awaitExitCode()).isEqualTo(143);
    }
    assertThat(runningCommandLines()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void demo_terminated_during_startup_leaves_nothing_behind() throws Exception {
    try (ServiceProcess demo = start()) {
      demo.awaitOutput("Starting PostgreSQL");
      Await.until(
          "PostgreSQL is started or the demo has ended",
          () -> !demo.handle().isAlive() || runningCommandLines().size() >= 2);

      demo.terminate();

      assertThat(demo.awaitExitCode()).isEqualTo(143);
    }
    assertThat(runningCommandLines()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  /// The command lines of the demo and its PostgreSQL.
  private List<String> runningCommandLines() {
    return ServiceProcess.commandLinesWith(folder);
  }

  private ServiceProcess start(String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-Djava.io.tmpdir=" + folder,
                "-XX:-UsePerfData",
                ServiceProcess.MAIN_CLASS,
                "demo"));
    arguments.addAll(List.of(options));
    return ServiceProcess.start(ServiceProcess.javaCommand(arguments));
  }
}
