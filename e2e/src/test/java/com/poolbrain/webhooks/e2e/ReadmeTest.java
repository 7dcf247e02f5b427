package com.poolbrain.webhooks.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.cli.Main;
import com.poolbrain.webhooks.contracts.consumer.ClosedPort;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The quickstart of the README does what it says, block by block, as it stands there but for the
/// ports.
@Timeout(600)
class ReadmeTest {

  private static final Path README = Path.of("..", "README.md");
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

  private static final String JOHN = "{\"customerId\":1001,\"displayName\":\"John Doe\"}";

  /// What the import arrives in.
  private static final int GROUPS = 3;

  /// Of what the consumer shows of an arrival: all but the first line is indented.
  private static final Pattern BEGINNING = Pattern.compile("^(?=\\S)", Pattern.MULTILINE);

  @TempDir private Path folder;
  @AutoClose private final ClosedPort consumerPort = ClosedPort.hold();
  @AutoClose private final ClosedPort servicePort = ClosedPort.hold();
  private final List<Process> running = new ArrayList<>();
  private List<String> blocks;

  @BeforeEach
  void extractBlocks() throws IOException {
    String listenPort = Integer.toString(consumerPort.number());
    String servePort = Integer.toString(servicePort.number());
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
  void stop() throws InterruptedException {
    for (Process process : running.reversed()) {
      process.destroy();
      process.waitFor();
    }
  }

  @Test
  void theQuickstartDelivers() throws Exception {
    assertThat(blocks).hasSize(3);
    try (BufferedReader consumer = start(blocks.get(0), "Listening on");
        BufferedReader _ = start(blocks.get(1), "Ready at http://")) {
      String answers = run(blocks.get(2));

      assertThat(answers)
          .contains("\"webhooks_enabled\":true", "\"customer.created\"", "\"next_cursor\"");
      assertThat(answers).contains("Events: 3, deliveries: 3");
      List<String> arrivals = arrivals(consumer);
      assertThat(arrivals)
          .hasSize(1 + GROUPS)
          .allMatch(arrival -> arrival.contains("customer.created  processed, answered 200"))
          .allMatch(arrival -> arrival.contains("signature matches"))
          .anyMatch(arrival -> arrival.contains("100 in all"))
          .filteredOn(arrival -> arrival.contains(JOHN))
          .singleElement()
          .satisfies(arrival -> assertThat(answers).contains(idIn(arrival)));
    }
  }

  /// What the consumer shows of each arrival, in whatever order they came.
  private static List<String> arrivals(BufferedReader consumer) throws IOException {
    StringBuilder shown = new StringBuilder();
    boolean john = false;
    int groups = 0;
    while (!john || groups < GROUPS) {
      String line = consumer.readLine();
      if (line == null) {
        throw new AssertionError("the consumer ended:\n" + shown);
      }
      john |= line.contains(JOHN);
      groups += line.endsWith("in all") ? 1 : 0;
      shown.append(line).append('\n');
    }
    return BEGINNING
        .splitAsStream(shown)
        .filter(block -> block.contains("customer.created"))
        .toList();
  }

  private static String idIn(String arrival) {
    MatchResult id =
        Pattern.compile("id ([0-9a-f-]{36})").matcher(arrival).results().findFirst().orElseThrow();
    return id.group(1);
  }

  /// Starts what runs until it is ended, and returns its output from the line after these words.
  private BufferedReader start(String block, String ready) throws IOException {
    Process process = shell(block.replaceFirst("(?m)^(\\./webhooks)", "exec $1"));
    running.add(process);
    BufferedReader out = process.inputReader(UTF_8);
    until(out, ready);
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

  private static void until(BufferedReader out, String words) throws IOException {
    StringBuilder lines = new StringBuilder();
    String line;
    while ((line = out.readLine()) != null) {
      lines.append(line).append('\n');
      if (line.contains(words)) {
        return;
      }
    }
    throw new AssertionError("'" + words + "' never came:\n" + lines);
  }
}
