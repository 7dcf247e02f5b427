package com.poolbrain.webhooks.e2e.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.cli.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The demo as a process of its own, as somebody would run it. It is ended by SIGTERM: what Ctrl-C
/// sends does the same, but is ignored by whatever was started in the background.
@Timeout(600)
class DemoTest {

  @TempDir private Path folder;

  @Test
  void demo_runs_to_its_end_with_all_checks_passed() throws Exception {
    Process demo = start("--once");
    String output = new String(demo.getInputStream().readAllBytes(), UTF_8);

    assertThat(demo.waitFor()).as(output).isZero();
    assertThat(output)
        .containsPattern("customer.created +100 +crm +1 +delivered")
        .containsPattern("customer.status.changed +1 +billing +3 +delivered")
        .containsPattern("job.one_time.deleted +1 +legacy +4 +permanently_failed")
        .containsPattern("All [0-9]+ checks of this demo hold");
    assertThat(folder).as("what it leaves behind").isEmptyDirectory();
  }

  @Test
  void demo_terminated_midway_leaves_nothing_behind() throws Exception {
    Process demo = start();
    try (BufferedReader out = demo.inputReader(UTF_8)) {
      readUntil(out, "customers are imported");
      assertThat(runningCommandLines()).as("the demo and its PostgreSQL").hasSizeGreaterThan(1);

      demo.destroy();

      assertThat(demo.waitFor()).isEqualTo(143);
    }
    assertThat(runningCommandLines()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void demo_terminated_during_startup_leaves_nothing_behind() throws Exception {
    Process demo = start();
    try (BufferedReader out = demo.inputReader(UTF_8)) {
      readUntil(out, "Starting PostgreSQL");
      while (demo.isAlive() && runningCommandLines().size() < 2) {
        Thread.onSpinWait();
      }

      demo.destroy();

      assertThat(demo.waitFor()).isEqualTo(143);
    }
    assertThat(runningCommandLines()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  /// The command lines of all processes that work in the folder: the demo itself, and PostgreSQL.
  private List<String> runningCommandLines() {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(folder.toString()))
        .toList();
  }

  private Process start(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + folder,
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "demo"));
    command.addAll(List.of(options));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }

  private static void readUntil(BufferedReader out, String text) throws IOException {
    StringBuilder lines = new StringBuilder();
    String line;
    while ((line = out.readLine()) != null) {
      lines.append(line).append('\n');
      if (line.contains(text)) {
        return;
      }
    }
    throw new AssertionError("'" + text + "' never came:\n" + lines);
  }
}
