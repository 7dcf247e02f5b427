package com.poolbrain.webhooks.e2e.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.consumer.Verification;
import com.poolbrain.webhooks.consumer.WebhookVerifier;
import com.poolbrain.webhooks.e2e.support.NodeEnvironment;
import com.poolbrain.webhooks.e2e.support.PythonEnvironment;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.events.EventCatalogue;
import com.poolbrain.webhooks.events.EventTypeDefinition;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Each contract that the service hands out is accepted by a tool of its standard, and is true of
/// what the service sends.
@Tag("needs-programs")
final class ContractsTest {

  private static final String SECRET = "pool-brain-contracts-0123456789abcdef";
  private static final Path PYTHON_SCRIPTS = Path.of("src", "test", "python");
  private static final Path NODE_SCRIPTS = Path.of("src", "test", "node");

  @AutoClose private static final RunningService SERVICE = RunningService.start();
  @AutoClose private final HttpsReceiver receiver = HttpsReceiver.accepting();

  @TempDir private Path folder;

  private Path download(String path) throws IOException {
    SERVICE.api().getFromRoot(path).expect(200);
    return Files.writeString(
        folder.resolve(path.replace('/', '_')), SERVICE.api().getFromRoot(path).body());
  }

  /// Runs a program, and returns its output.
  private static String run(Process process) throws IOException, InterruptedException {
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }

  private static String node(Path script, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("node", script.toString()));
    command.addAll(List.of(arguments));
    return run(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  @Test
  void openapi_document_is_valid() throws Exception {
    run(
        PythonEnvironment.prepare()
            .start("openapi-spec-validator", download("/openapi.json").toString()));
  }

  @Test
  void asyncapi_document_is_valid_and_has_a_message_for_each_event_type() throws Exception {
    Path script = NodeEnvironment.prepare().add(NODE_SCRIPTS.resolve("check_asyncapi.mjs"));

    assertThat(node(script, download("/docs/asyncapi.json").toString()))
        .startsWith(EventCatalogue.builtIn().types().size() + " messages");
  }

  @Test
  void schemas_are_valid_and_fit_what_the_service_sends() throws Exception {
    TestCompany company = SERVICE.createCompany();
    List<String> arguments = new ArrayList<>();
    arguments.add(PYTHON_SCRIPTS.resolve("check_schemas.py").toString());
    for (EventTypeDefinition type : EventCatalogue.builtIn().types()) {
      if (type.mayBeSubscribed()) {
        String name = type.names().all().getLast();
        company.subscribe(receiver.url(), name);
        String grouped = type.samples().grouped();
        for (String data :
            Stream.concat(Stream.of(type.samples().single()), Stream.ofNullable(grouped))
                .toList()) {
          company.publish(type.name(), data);
          ReceivedRequest webhook = receiver.awaitNext();
          Path body = folder.resolve(webhook.deliveryId());
          arguments.add(download("/docs/schemas/" + name).toString());
          arguments.add(Files.write(body, webhook.body()).toString());
        }
      }
    }

    run(PythonEnvironment.prepare().start("python", arguments.toArray(String[]::new)));
  }

  @Test
  void postman_collection_posts_webhooks_that_a_consumer_accepts() throws Exception {
    newman(
        "Signed webhooks",
        "--ssl-extra-ca-certs=" + HttpsReceiver.CA.pemFile(),
        "--env-var=endpoint_url=" + receiver.url(),
        "--env-var=endpoint_secret=" + SECRET);

    WebhookVerifier verifier = WebhookVerifier.of(SECRET);
    assertThat(receiver.webhooks())
        .hasSizeGreaterThan(EventCatalogue.builtIn().types().size())
        .allSatisfy(webhook ->
            assertThat(verifier.verify(webhook.body(), webhook::header))
                .isInstanceOf(Verification.Verified.class))
        .extracting(ReceivedRequest::deliveryId)
        .doesNotHaveDuplicates();
  }

  @Test
  void postman_collection_calls_the_api() throws Exception {
    String output =
        newman(
            "Companies",
            "--env-var=url=" + SERVICE.url(),
            "--env-var=key=" + ServiceEnvironment.ADMIN_KEY);

    assertThat(output)
        .contains("PUT " + SERVICE.url() + "/api/v1/companies/40 [201 Created")
        .contains("PATCH " + SERVICE.url() + "/api/v1/companies/40 [200 OK")
        .doesNotContain("[400", "[401", "[422");
  }

  private String newman(String collectionFolder, String... options) throws Exception {
    Path newman = NodeEnvironment.prepare().script("newman/bin/newman.js");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("run", download("/docs/postman.json").toString()));
    arguments.addAll(List.of("--folder", collectionFolder, "--color=off"));
    arguments.addAll(List.of(options));
    return node(newman, arguments.toArray(String[]::new));
  }
}
