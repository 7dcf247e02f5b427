package com.poolbrain.webhooks.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every example of every help text is a command that works: a shell runs each as it is printed,
/// with ids and URLs of this test in place of those of the examples.
final class HelpExamplesTest {

  private static final Pattern COMMANDS = Pattern.compile("(?s)\nCommands:\n(.*?)(?:\n\n|$)");
  private static final Pattern COMMAND_NAME = Pattern.compile("(?m)^  (\\S+)");
  private static final Pattern EXAMPLES = Pattern.compile("(?s)\nExamples:\n(.*?)(?:\n\n|$)");
  private static final String EXAMPLE_ID = "0198c2a4-77aa-7c3e-9a54-1f2f5a1b2c3d";

  /// Commands that run until they are stopped, or for minutes. LauncherTest, DemoTest,
  /// ListenProcessTest and the tests of `bench` run them.
  private static final Set<String> LONG_RUNNING = Set.of("serve", "demo", "listen");

  /// Examples whose exit code is not 0: of a job that has ended, nothing is left to cancel; the
  /// signature of an old request is not accepted any more.
  private static final Map<String, Integer> EXIT_CODES =
      Map.of(
          "webhooks jobs cancel " + EXAMPLE_ID,
          1,
          "webhooks verify --secret-file secret.txt --signature v1,K5oZ... --standard-id 0192"
              + " --timestamp 1771047744 body.json",
          1);

  private static final Secret SECRET = Secret.parse("whsec_abc");
  private static final String BODY = "{\"id\":\"1\"}";

  @TempDir private Path folder;

  /// No delivery is retried while the test runs.
  @AutoClose
  private final RunningService service = RunningService.start("WEBHOOKS_RETRY_SCHEDULE", "1h");

  @AutoClose private final HttpsReceiver receiver = HttpsReceiver.accepting();
  @AutoClose private final HttpsReceiver failing = HttpsReceiver.answering(503);

  private String eventId = "";
  private String deliveredId = "";
  private String retryingId = "";
  private String endpointId = "";
  private String jobId = "";

  @BeforeEach
  void prepare() throws IOException {
    TestCompany company = new TestCompany(service.api(), 40);
    service.api().put(company.path(), "{\"name\": \"Blue Pools\"}").expect(201);
    company.setWebhooksEnabled(true);
    TestEndpoint endpoint = company.subscribe(receiver.url("/hooks"), "customer.created");
    TestEndpoint other = company.subscribe(failing.url("/hooks"), "customer.created");
    endpointId = endpoint.id();
    company.publishCustomerCreated(7);
    var delivered = endpoint.awaitOnlyDelivery("delivered");
    deliveredId = delivered.path("id").asString();
    eventId = delivered.path("event_id").asString();
    retryingId = other.awaitOnlyDelivery("retrying").path("id").asString();
    String since = "{\"since\": \"%s\"}".formatted(Instant.now().minus(Duration.ofHours(1)));
    jobId =
        service
            .api()
            .post(endpoint.path() + "/recover", since)
            .expect(202)
            .path("job_id")
            .asString();
    Files.writeString(folder.resolve("body.json"), BODY);
    Files.writeString(folder.resolve("secret.txt"), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    Path program = folder.resolve("webhooks");
    String java =
        String.join("' '", ServiceProcess.javaCommand(ServiceProcess.MAIN_CLASS).command());
    Files.writeString(program, "#!/bin/sh\nexec '" + java + "' \"$@\"\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
  }

  private record Result(int exitCode, String output) {}

  private Result shell(String command) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    Process process = start(command, output);
    return new Result(process.waitFor(), Files.readString(output));
  }

  private Process start(String command, Path output) throws IOException {
    ProcessBuilder shell =
        new ProcessBuilder("bash", "-c", command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    shell.environment().put("PATH", folder + ":" + System.getenv("PATH"));
    shell.environment().put("WEBHOOKS_URL", service.url().toString());
    shell.environment().put("WEBHOOKS_KEY", ServiceEnvironment.ADMIN_KEY);
    shell.environment().put("WEBHOOKS_ALLOWED_NETWORKS", "127.0.0.0/8");
    shell.environment().put("WEBHOOKS_EXTRA_CA", HttpsReceiver.CA.pemFile().toString());
    return shell.start();
  }

  @Test
  void every_example_works_as_it_is_printed() throws Exception {
    Set<String> examples = new LinkedHashSet<>();
    collect("webhooks", examples);

    assertThat(examples).hasSizeGreaterThan(25);
    for (String example : examples) {
      if (example.endsWith("list --company 40 --watch")) {
        assertThatGoesOn(example);
      } else {
        Result result = shell(withOwnValues(example));
        assertThat(result.exitCode())
            .as("%s%n%s", example, result.output())
            .isEqualTo(EXIT_CODES.getOrDefault(example, 0));
      }
    }
  }

  /// Adds the examples of a command and of its subcommands.
  private void collect(String command, Set<String> examples) throws Exception {
    String help = shell(command + " --help").output();
    var listed = EXAMPLES.matcher(help);
    if (listed.find()) {
      // A command follows two spaces; an explanation follows two more, at least.
      listed
          .group(1)
          .replaceAll(" \\\\\n +", " ")
          .lines()
          .map(line -> line.strip().replaceAll(" {2,}.*", ""))
          .forEach(examples::add);
    }
    var subcommands = COMMANDS.matcher(help);
    if (subcommands.find()) {
      for (var name : COMMAND_NAME.matcher(subcommands.group(1)).results().toList()) {
        if (!LONG_RUNNING.contains(name.group(1))) {
          collect(command + " " + name.group(1), examples);
        }
      }
    }
  }

  private String withOwnValues(String example) {
    String id =
        example.contains("deliveries cancel")
            ? retryingId
            : example.contains("deliveries")
                ? deliveredId
                : example.contains("endpoints")
                    ? endpointId
                    : example.contains("jobs") ? jobId : eventId;
    Signer signer = new Signer(SECRET);
    byte[] body = BODY.getBytes(StandardCharsets.UTF_8);
    return example
        .replace(EXAMPLE_ID, id)
        .replace("https://api.example.com/webhooks", receiver.url("/hooks").toString())
        .replace("https://api.example.com/hooks", receiver.url("/hooks").toString())
        .replace("https://webhooks.example.com", service.url().toString())
        .replace("/etc/bash_completion.d/webhooks", folder.resolve("completion").toString())
        .replace("2026-02-13T06:42:24Z", Instant.now().toString())
        .replace("205ac9...", signer.sign(body));
  }

  private void assertThatGoesOn(String example) throws Exception {
    Path output = folder.resolve("watched");
    Process process = start(withOwnValues(example), output);
    try {
      Await.until("it prints deliveries", () -> readOrEmpty(output).contains(deliveredId));
      assertThat(process.isAlive()).isTrue();
    } finally {
      process.descendants().forEach(ProcessHandle::destroy);
      process.destroy();
      process.waitFor();
    }
  }

  private static String readOrEmpty(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException notYet) {
      return "";
    }
  }

  @Test
  void list_of_long_running_commands_is_of_this_program() throws Exception {
    var commands = COMMANDS.matcher(shell("webhooks --help").output());
    assertThat(commands.find()).isTrue();
    List<String> names =
        COMMAND_NAME.matcher(commands.group(1)).results().map(name -> name.group(1)).toList();

    assertThat(names).containsAll(LONG_RUNNING).contains("doctor", "verify", "completion");
  }
}
