package com.poolbrain.webhooks.e2e.library;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.ClosedPort;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The Spring Boot sample as a process, with webhooks of the real service.
@Tag("slow")
@Timeout(300)
class SpringSampleTest {

  private static final Path README = Path.of("..", "samples", "spring-consumer", "README.md");
  private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);
  private static final Pattern KEY = Pattern.compile("\\bdemo_[0-9a-f-]{36}\\b");

  private static final int EVENTS = 1000;
  private static final int EVENTS_PER_REQUEST = 100;
  private static final List<Integer> KILL_AFTER = List.of(150, 400, 700);

  @TempDir private Path folder;
  @AutoClose private final ClosedPort samplePort = ClosedPort.reserve();
  @AutoClose private final ClosedPort servicePort = ClosedPort.reserve();

  /// Attempts fail while the sample is dead, and also until the leases of its claims end.
  @Test
  void each_of_1000_events_has_its_effect_once_although_the_sample_is_killed() throws Exception {
    try (RunningService service =
        RunningService.start(
            "WEBHOOKS_ALLOW_HTTP", "true", "WEBHOOKS_RETRY_SCHEDULE", "3s,12s,40s")) {
      TestCompany company = service.createCompany();
      TestEndpoint endpoint =
          company.subscribe(
              URI.create("http://127.0.0.1:" + samplePort.port() + "/webhooks/poolbrain"),
              "customer.status.updated");
      SampleProcess sample = startSample(endpoint);
      try {
        for (int first = 0; first < EVENTS; first += EVENTS_PER_REQUEST) {
          publishStatuses(company, first);
        }
        for (int effects : KILL_AFTER) {
          awaitEffects(sample, effects);
          sample.kill();
          sample = startSample(endpoint);
        }
        Await.until("no delivery is open", company::isAllDelivered);
        List<JsonNode> deliveries = endpoint.awaitDeliveries(EVENTS, "delivered");

        List<JsonNode> customers = sample.view("/customers").valueStream().toList();
        assertThat(customers.size()).isEqualTo(EVENTS);
        assertThat(customers)
            .filteredOn(customer -> customer.path("changes").asInt() != 1)
            .isEmpty();
        assertThat(deliveries)
            .as("deliveries that were retried")
            .anyMatch(delivery -> delivery.path("attempt_count").asInt() > 1);
      } finally {
        sample.close();
      }
    }
  }

  @Test
  @Tag("needs-programs")
  void five_commands_of_the_readme_show_jobs_on_the_board() throws Exception {
    List<String> blocks = readBlocks();
    assertThat(blocks).hasSize(5);
    writeLauncher();
    assertThat(SampleProcess.JAR).as("made by the first command").isRegularFile();
    Path target = Files.createDirectories(folder.resolve("samples/spring-consumer/target"));
    Files.copy(SampleProcess.JAR, target.resolve(SampleProcess.JAR.getFileName()));
    try (ServiceProcess demo = start(blocks.get(1), "The service runs until Ctrl-C");
        ServiceProcess _ = start(withPort(blocks.get(2)), "Started CrmApplication")) {
      String key =
          KEY.matcher(demo.outputText())
              .results()
              .map(MatchResult::group)
              .findFirst()
              .orElseThrow();

      run(blocks.get(3).replace("KEY-OF-THE-DEMO", key));
      run(blocks.get(4).replace("KEY-OF-THE-DEMO", key));

      Await.until(
          "twelve jobs are on the board",
          () -> SampleProcess.view(samplePort.port(), "/board"),
          board -> board.size() == 12);
    }
  }

  private SampleProcess startSample(TestEndpoint endpoint) {
    return SampleProcess.start(folder, samplePort.port(), endpoint.secret(), "--crm.lease=1s");
  }

  private static void publishStatuses(TestCompany company, int first) {
    String statuses =
        IntStream.range(first, first + EVENTS_PER_REQUEST)
            .mapToObj(
                """
                {"customerId": %d, "displayName": "Chris Bale", "currentStatus": "lead"}\
                """
                    ::formatted)
            .collect(joining(",", "[", "]"));
    company.publish("customer.status.updated", statuses);
  }

  private static void awaitEffects(SampleProcess sample, int count) {
    Await.until(count + " effects", () -> sample.view("/customers").size(), size -> size >= count);
  }

  private List<String> readBlocks() throws IOException {
    String service = Integer.toString(servicePort.port());
    String sample = Integer.toString(samplePort.port());
    return BLOCK
        .matcher(Files.readString(README))
        .results()
        .map(block -> block.group(1).replace("8080", service).replace("8090", sample))
        .toList();
  }

  /// The command line program of this class path, at the place where the README has it.
  private void writeLauncher() throws IOException {
    String script =
        "#!/bin/sh\nexec '%s' -cp '%s' %s \"$@\"\n"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                ServiceProcess.MAIN_CLASS);
    Path file = Files.writeString(folder.resolve("webhooks"), script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /// The command that starts the sample, at the port of this test.
  private String withPort(String command) {
    return command.stripTrailing() + " --server.port=" + samplePort.port();
  }

  /// Starts a command that runs until it is ended, and waits until it has written a text.
  private ServiceProcess start(String block, String text) {
    // The shell becomes the program, so that a signal ends it.
    String command =
        block.replaceFirst("(?m)^((?:[A-Z_]+=\\S+ )?)(\\./webhooks|java)", "$1exec $2");
    ServiceProcess process = ServiceProcess.start(shell(command));
    process.awaitOutput(text);
    return process;
  }

  private void run(String block) throws IOException, InterruptedException {
    Process process = shell(block).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
  }

  private ProcessBuilder shell(String script) {
    List<String> command = new ArrayList<>(List.of("sh", "-c", script));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    String java = Path.of(System.getProperty("java.home"), "bin").toString();
    builder.environment().merge("PATH", java, (path, bin) -> bin + ":" + path);
    return builder;
  }
}
