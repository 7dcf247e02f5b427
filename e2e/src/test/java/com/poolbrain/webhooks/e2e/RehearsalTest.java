package com.poolbrain.webhooks.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.cli.rehearsal.Rehearsal;
import com.poolbrain.webhooks.e2e.house.Patience;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The start and the work that the launcher has Java record after a build.
@Timeout(600)
class RehearsalTest {

  @TempDir private Path folder;

  @Test
  void itEndsByItselfWhateverTheEnvironmentSaysAndLeavesNothingRunning() throws Exception {
    Path data = folder.resolve("data");
    ProcessBuilder builder = rehearsal(data);
    builder.environment().put("WEBHOOKS_DATABASE_URL", "jdbc:postgresql://nowhere.invalid/live");
    builder.environment().put("WEBHOOKS_PORT", "no port");

    Process rehearsal = builder.start();
    String said = new String(rehearsal.getInputStream().readAllBytes(), UTF_8);

    assertThat(rehearsal.waitFor()).as(said).isZero();
    assertThat(data.resolve("postgres")).isDirectory();
    assertThat(running()).isEmpty();
  }

  @Test
  void oneThatIsEndedLeavesNothingRunning() throws Exception {
    Process rehearsal = rehearsal(folder.resolve("data")).start();
    try (var said = rehearsal.inputReader(UTF_8)) {
      assertThat(said.lines().anyMatch(line -> line.contains(" failed by "))).isTrue();
      assertThat(running()).hasSizeGreaterThan(1);

      rehearsal.toHandle().destroy(); // which leaves its output to be read

      said.transferTo(Writer.nullWriter());
    }
    assertThat(rehearsal.waitFor()).isNotZero();
    Patience.until("all of it has ended", this::running, List::isEmpty);
  }

  @Test
  void oneThatCannotStartFailsAndSaysWhy() throws Exception {
    Files.createFile(folder.resolve("postgres"));

    assertFails(folder, "can't be started");
  }

  @Test
  void oneWithoutAFolderFailsAndSaysWhy() throws Exception {
    assertFails(Files.createFile(folder.resolve("file")), "a file stands where");
  }

  private List<String> running() {
    return ProcessHandle.allProcesses()
        .flatMap(process -> process.info().commandLine().stream())
        .filter(line -> line.contains(folder.toString()))
        .toList();
  }

  private static void assertFails(Path data, String reason) throws Exception {
    Process rehearsal = rehearsal(data).start();
    String said = new String(rehearsal.getInputStream().readAllBytes(), UTF_8);

    assertThat(rehearsal.waitFor()).as(said).isEqualTo(1);
    assertThat(said).contains(reason);
  }

  private static ProcessBuilder rehearsal(Path data) {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Rehearsal.class.getName(),
            data.toString())
        .redirectErrorStream(true);
  }
}
