package com.poolbrain.webhooks.e2e.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The commands that administer a running service, each as a process that finds the service by
/// `WEBHOOKS_URL` and `WEBHOOKS_KEY`.
class OperatorCommandsTest {

  private static final JsonMapper JSON = JsonMapper.shared();

  @TempDir private Path folder;
  private RunningService service;
  private HttpsReceiver receiver;
  private TestCompany company;
  private TestEndpoint endpoint;

  @BeforeEach
  void start() throws Exception {
    service = RunningService.start();
    receiver = HttpsReceiver.accepting();
    company = service.createCompany();
    endpoint = company.subscribe(receiver.url("/hooks"), "customer.created");
  }

  @AfterEach
  void stop() {
    receiver.close();
    service.close();
  }

  private record Result(int exitCode, String out, String err) {

    List<JsonNode> json() {
      assertThat(exitCode).as(err).isZero();
      return out.lines().map(JSON::readTree).toList();
    }

    String text() {
      assertThat(exitCode).as(err).isZero();
      return out;
    }
  }

  private Result run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(ServiceProcess.MAIN_CLASS));
    command.addAll(Arrays.asList(arguments));
    Path out = folder.resolve("out");
    Path err = folder.resolve("err");
    ProcessBuilder process =
        ServiceProcess.javaCommand(command.toArray(String[]::new))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    process.environment().put("WEBHOOKS_URL", service.url().toString());
    process.environment().put("WEBHOOKS_KEY", ServiceEnvironment.ADMIN_KEY);
    int exitCode = process.start().waitFor();
    return new Result(exitCode, Files.readString(out), Files.readString(err));
  }

  @Test
  void lists_and_single_things_are_shown_as_text_and_as_json() throws Exception {
    company.publishCustomerCreated(7);
    String id = awaitDelivered();
    String ofCompany = "--company=" + company.id();

    assertThat(run("companies", "list").text()).contains("webhooks_enabled", "Blue Pools");
    assertThat(run("companies", "get", Long.toString(company.id()), "--json").json())
        .singleElement()
        .isEqualTo(service.api().get(company.path()).json());
    assertThat(run("endpoints", "list", ofCompany).text()).contains(endpoint.id(), "/hooks");
    assertThat(run("endpoints", "get", endpoint.id(), ofCompany).text())
        .contains("customer.created")
        .doesNotContain(endpoint.secret());
    assertThat(run("deliveries", "list", ofCompany, "--result=2xx", "--json").json())
        .extracting(delivery -> delivery.path("id").asString())
        .containsExactly(id);
    assertThat(run("deliveries", "list", ofCompany, "--status=skipped").text())
        .contains("No deliveries.");
    assertThat(run("deliveries", "get", id, ofCompany).text())
        .contains("delivered", "1. ", "automatic", "200");
    assertThat(run("jobs", "list", ofCompany).text()).contains("No jobs.");
  }

  @Test
  void look_up_explains_an_event_by_id_and_by_url_and_time() throws Exception {
    service.api().patch(endpoint.path(), "{\"paused\": true}").expect(200);
    String event = company.publishCustomerCreated(7);

    assertThat(run("lookup", event).text())
        .contains("skipped", endpoint.id(), "The endpoint was paused since", "by key:");
    assertThat(
            run("lookup", "--endpoint-url", receiver.url("/hooks").toString(), "--at=1m", "--json")
                .json())
        .extracting(found -> found.path("id").asString())
        .containsExactly(event);

    Result nothing = run("lookup", "--endpoint-url=https://nobody.example/", "--at=1m");
    assertThat(nothing.exitCode()).isEqualTo(1);
    assertThat(nothing.err()).contains("no event was found").contains("--window");
    Result unknown = run("lookup", UUID.randomUUID().toString());
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.err()).contains("404").contains("There is no event and no delivery");
    assertThat(run("lookup").exitCode()).isEqualTo(2);
    assertThat(run("lookup", "x").exitCode()).isEqualTo(2);
  }

  @Test
  void redelivery_waits_for_its_attempt_and_tells_how_it_ended() throws Exception {
    company.publishCustomerCreated(7);
    String id = awaitDelivered();
    String ofCompany = "--company=" + company.id();

    JsonNode repeated =
        run("deliveries", "redeliver", id, ofCompany, "--watch", "--json").json().getLast();
    assertThat(repeated.at("/last_attempt/trigger").asString()).isEqualTo("manual");
    assertThat(repeated.path("attempt_count").asInt()).isEqualTo(2);

    URI closed = URI.create("https://127.0.0.1:1/");
    service.api().patch(endpoint.path(), "{\"url\": \"%s\"}".formatted(closed)).expect(200);
    Result failed = run("deliveries", "redeliver", id, ofCompany, "--watch");
    assertThat(failed.exitCode()).isEqualTo(1);
    assertThat(failed.err()).contains("the attempt failed: connect_refused.");
    Result ended = run("deliveries", "cancel", id, ofCompany);
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains("409");
  }

  @Test
  void wrong_arguments_are_refused_before_the_service_is_asked() throws Exception {
    assertThat(run("deliveries", "list").err()).contains("--company");
    assertThat(run("deliveries", "list", "--company=40", "--from=yesterday").exitCode())
        .isEqualTo(2);
    assertThat(run("endpoints", "recover", endpoint.id(), "--company=40").err())
        .contains("--since");
    assertThat(run("jobs").exitCode()).isEqualTo(2);
  }

  private String awaitDelivered() throws InterruptedException {
    receiver.awaitNext();
    String id = company.listDeliveries().getFirst().path("id").asString();
    company.awaitDelivery(id, "delivered");
    return id;
  }
}
