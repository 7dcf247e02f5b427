package com.poolbrain.webhooks.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The demo as a process. It is ended by SIGTERM, which has the same effect as the SIGINT of Ctrl-C
/// but is not ignored by background processes.
@Timeout(600)
class DemoTest {

  @TempDir private Path folder;
  @TempDir private Path programs;

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
  void demo_goes_on_publishing_and_leads_to_a_page_with_all_kinds_of_health() throws Exception {
    Path opened = programs.resolve("opened");
    String script = "#!/bin/sh\necho \"$1\" > " + opened + "\n";
    Path program = Files.writeString(programs.resolve("xdg-open"), script);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    ProcessBuilder command = command("--open");
    command.environment().merge("PATH", programs.toString(), (path, own) -> own + ":" + path);
    try (ServiceProcess demo = ServiceProcess.start(command)) {
      demo.awaitOutput("/support");
      String key = valueOf(demo, "export WEBHOOKS_ADMIN_KEY=(.*)");
      demo.awaitOutput("  " + key); // on a line of its own
      String link = valueOf(demo, "  (http.*/companies/40/webhooks/open/.*)");
      try (ServiceClient api =
          new ServiceClient(URI.create(valueOf(demo, "The service is ready at (.*)")), key)) {
        Await.until(
            "the page shows endpoints of all kinds of health",
            () -> healthOfEndpoints(api),
            "degraded failing healthy healthy paused"::equals);
        int published = countDeliveries(api);
        Await.until("the demo goes on publishing", () -> countDeliveries(api) >= published + 3);
        Await.until(
            "there are deliveries of each outcome",
            () -> statusesOfDeliveries(api),
            found -> found.containsAll(Set.of("delivered", "permanently_failed", "skipped")));
      }
      demo.typeLine("");
      String second =
          Await.until(
              "Enter prints another link",
              () -> demo.output().getLast(),
              line -> line.contains("/open/"));
      String inBrowser =
          Await.until(
              "the browser was opened", () -> contentOf(opened), text -> text.endsWith("\n"));
      Set<String> links = Set.of(link, second.strip(), inBrowser.strip());
      assertThat(links).as("each link opens once").hasSize(3).allSatisfy(DemoTest::assertOpens);

      demo.terminate();
      assertThat(demo.awaitExitCode()).isEqualTo(143);
    }
    assertThat(runningCommandLines()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  private static String valueOf(ServiceProcess demo, String pattern) {
    return demo.output().stream()
        .map(Pattern.compile(pattern)::matcher)
        .filter(Matcher::find)
        .map(matcher -> matcher.group(1))
        .findFirst()
        .orElseThrow();
  }

  private static String contentOf(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void assertOpens(String link) {
    try (HttpClient browser = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(link)).build();
      assertThat(browser.send(request, BodyHandlers.ofString()).headers().firstValue("Location"))
          .contains("/companies/40/webhooks");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String healthOfEndpoints(ServiceClient api) {
    return api.get("/companies/40/endpoints")
        .expect(200)
        .path("data")
        .valueStream()
        .map(endpoint -> endpoint.path("status").asString())
        .sorted()
        .collect(Collectors.joining(" "));
  }

  private static int countDeliveries(ServiceClient api) {
    return api.get("/companies/40/deliveries?limit=200").expect(200).path("data").size();
  }

  private static Set<String> statusesOfDeliveries(ServiceClient api) {
    return api.get("/companies/40/deliveries?limit=200")
        .expect(200)
        .path("data")
        .valueStream()
        .map(delivery -> delivery.path("status").asString())
        .collect(Collectors.toSet());
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
    return ServiceProcess.start(command(options));
  }

  private ProcessBuilder command(String... options) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-Djava.io.tmpdir=" + folder,
                "-XX:-UsePerfData",
                ServiceProcess.MAIN_CLASS,
                "demo"));
    arguments.addAll(List.of(options));
    return ServiceProcess.javaCommand(arguments);
  }
}
