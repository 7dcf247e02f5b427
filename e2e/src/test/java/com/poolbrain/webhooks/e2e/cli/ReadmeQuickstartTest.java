package com.poolbrain.webhooks.e2e.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.cli.Main;
import com.poolbrain.webhooks.testkit.endpoint.ClosedPort;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The quickstart of the README works, block by block, with other ports.
@Timeout(600)
@Tag("needs-programs")
class ReadmeQuickstartTest {

  private static final Path README = Path.of("..", "README.md");
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  private static final String JOHN_DOE_JSON = "{\"customerId\":1001,\"displayName\":\"John Doe\"}";

  /// Webhooks of the import.
  private static final int EXPECTED_GROUPS = 3;

  /// Start of a webhook in the output of `listen`: all lines but the first are indented.
  private static final Pattern ARRIVAL_START = Pattern.compile("^(?=\\S)", Pattern.MULTILINE);

  @TempDir private Path folder;
  @AutoClose private final ClosedPort receiverPort = ClosedPort.reserve();
  @AutoClose private final ClosedPort servicePort = ClosedPort.reserve();
  private final List<Process> running = new ArrayList<>();
  private List<String> blocks;

  @BeforeEach
  void extractBlocks() throws IOException {
    String listenPort = Integer.toString(receiverPort.port());
    String servePort = Integer.toString(servicePort.port());
    blocks =
        BLOCK
            .matcher(Files.readString(README))
            .results()
            .map(block -> block.group(1).replace("8443", listenPort).replace("8080", servePort))
            .toList();
    String launcher =
        "#!/bin/sh\nexport WEBHOOKS_PORT=%s\nexec '%s' -cp '%s' %s \"$@\"\n"
            .formatted(
                servePort,
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Main.class.getName());
    Path file = Files.writeString(folder.resolve("webhooks"), launcher);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  @AfterEach
  void stopProcesses() throws InterruptedException {
    for (Process process : running.reversed()) {
      process.destroy();
      process.waitFor();
    }
  }

  @Test
  void quickstart_of_the_readme_delivers() throws Exception {
    assertThat(blocks).hasSize(3);
    try (BufferedReader receiver = start(blocks.get(0), "Listening on");
        BufferedReader _ = start(blocks.get(1), "Ready at http://")) {
      String output = run(blocks.get(2));

      assertThat(output)
          .contains("\"webhooks_enabled\":true", "\"customer.created\"", "\"next_cursor\"");
      assertThat(output).contains("Events: 3, deliveries: 3");
      List<String> arrivals = readArrivals(receiver);
      assertThat(arrivals)
          .hasSize(1 + EXPECTED_GROUPS)
          .allMatch(arrival -> arrival.contains("customer.created  processed, answered 200"))
          .allMatch(arrival -> arrival.contains("signature matches"))
          .anyMatch(arrival -> arrival.contains("100 in all"))
          .filteredOn(arrival -> arrival.contains(JOHN_DOE_JSON))
          .singleElement()
          .satisfies(arrival -> assertThat(output).contains(deliveryIdIn(arrival)));
    }
  }

  /// Webhooks in the output of `listen`, in any order.
  private static List<String> readArrivals(BufferedReader receiver) throws IOException {
    StringBuilder shown = new StringBuilder();
    boolean johnSeen = false;
    int groups = 0;
    while (!johnSeen || groups < EXPECTED_GROUPS) {
      String line = receiver.readLine();
      if (line == null) {
        throw new AssertionError("the receiver ended:\n" + shown);
      }
      johnSeen |= line.contains(JOHN_DOE_JSON);
      groups += line.endsWith("in all") ? 1 : 0;
      shown.append(line).append('\n');
    }
    return ARRIVAL_START
        .splitAsStream(shown)
        .filter(block -> block.contains("customer.created"))
        .toList();
  }

  private static String deliveryIdIn(String arrival) {
    MatchResult id =
        Pattern.compile("id ([0-9a-f-]{36})").matcher(arrival).results().findFirst().orElseThrow();
    return id.group(1);
  }

  /// Starts a command that runs until it is ended, and waits until it has written a text.
  private BufferedReader start(String block, String readyText) throws IOException {
    Process process = shell(block.replaceFirst("(?m)^(\\./webhooks)", "exec $1"));
    running.add(process);
    BufferedReader out = process.inputReader(UTF_8);
    readUntil(out, readyText);
    return out;
  }

  private String run(String block) throws IOException, InterruptedException {
    Process process = shell("set -e\n" + block);
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(out).isZero();
    return out;
  }

  private Process shell(String script) throws IOException {
    return new ProcessBuilder("sh", "-c", script)
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .start();
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
