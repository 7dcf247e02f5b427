package com.poolbrain.webhooks.e2e.operation;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.PostgresPrograms;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.signature.Secret;
import com.poolbrain.webhooks.signature.Signer;
import com.poolbrain.webhooks.store.DatabaseSettings;
import com.poolbrain.webhooks.store.TestFolders;
import com.poolbrain.webhooks.store.embedded.Postgres15;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedConnection;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A restored backup sends what was in flight again: the same ids, the same bytes, signed with the
/// same secret. The commands are those of docs/operations.md.
class BackupTest {

  private static final int DELIVERED = 3;
  private static final int IN_FLIGHT = 5;

  private final Path folder = TestFolders.createFolder();

  private final Set<String> seenEvents = ConcurrentHashMap.newKeySet();
  @AutoClose private final HttpsReceiver receiver = HttpsReceiver.scripted(this::serve);

  @AfterEach
  void deleteFolder() {
    TestFolders.delete(folder);
  }

  /// Leaves the first request of each event without an answer, except those of the first events.
  private void serve(ScriptedConnection connection) throws IOException {
    while (true) {
      boolean isFirst = seenEvents.add(connection.readRequest().eventId());
      if (isFirst && seenEvents.size() > DELIVERED) {
        connection.awaitClientClose();
        return;
      }
      connection.respond(200, "");
    }
  }

  @Test
  void copy_of_a_stopped_data_folder_sends_what_was_in_flight_again() {
    Path data = folder.resolve("data");
    TestEndpoint endpoint;
    try (ServiceProcess service = serve(ServiceEnvironment.withEmbeddedDatabase(data));
        ServiceClient api = service.api()) {
      endpoint = publishAndHold(api);
      service.killWithDatabase(); // with all attempts in flight
    }
    Path copy = TestFolders.createCopy(data);
    TestFolders.delete(data);
    deletePrograms(copy);

    try (ServiceProcess service = serve(ServiceEnvironment.withEmbeddedDatabase(copy))) {
      assertThatDeliveriesInFlightAreRepeated(service, endpoint);
    } finally {
      TestFolders.delete(copy);
    }
  }

  @Test
  @Tag("needs-programs")
  void dump_of_a_running_database_sends_what_was_in_flight_again() throws Exception {
    try (Postgres15 postgres = Postgres15.start(folder)) {
      DatabaseSettings database = postgres.settings();
      TestEndpoint endpoint;
      var programs = new PostgresPrograms(postgres.superuserSettings(), folder);
      try (ServiceProcess service = serve(RunningService.environmentOn(database));
          ServiceClient api = service.api()) {
        endpoint = publishAndHold(api);
        programs.runDocumented("pg_dump");
        service.kill();
      }
      programs.runDocumented("createdb");
      programs.runDocumented("pg_restore");

      DatabaseSettings restored =
          DatabaseSettings.withDefaults(
              database.jdbcUrl() + "_restored", database.user(), database.password());
      try (ServiceProcess service = serve(RunningService.environmentOn(restored))) {
        assertThatDeliveriesInFlightAreRepeated(service, endpoint);
      }
    }
  }

  private static ServiceProcess serve(ServiceEnvironment environment) {
    return ServiceProcess.serve(environment.with("WEBHOOKS_LEASE", "5s"));
  }

  /// docs/operations.md says that they can be left out.
  private static void deletePrograms(Path dataFolder) {
    try (Stream<Path> files = Files.list(dataFolder)) {
      files
          .filter(file -> file.getFileName().toString().startsWith("postgresql-"))
          .forEach(TestFolders::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Some deliveries are recorded as delivered, and the attempts of others wait for their answers.
  private TestEndpoint publishAndHold(ServiceClient api) {
    TestCompany company = TestCompany.create(api);
    TestEndpoint endpoint = company.subscribe(receiver.url(), "customer.created");
    for (int customer = 1; customer <= DELIVERED; customer++) {
      company.publishCustomerCreated(customer);
    }
    endpoint.awaitDeliveries(DELIVERED, "delivered");
    for (int customer = 1; customer <= IN_FLIGHT; customer++) {
      company.publishCustomerCreated(DELIVERED + customer);
    }
    Await.until("all attempts are in flight", () -> seenEvents.size() == DELIVERED + IN_FLIGHT);
    return endpoint;
  }

  private void assertThatDeliveriesInFlightAreRepeated(
      ServiceProcess service, TestEndpoint endpoint) {
    try (ServiceClient api = service.api()) {
      TestCompany company = endpoint.company().withApi(api);
      new TestEndpoint(company, endpoint.id(), endpoint.secret())
          .awaitDeliveries(DELIVERED + IN_FLIGHT, "delivered");
      Map<String, List<ReceivedRequest>> webhooks =
          receiver.webhooks().stream().collect(groupingBy(ReceivedRequest::eventId));
      assertThat(webhooks).hasSize(DELIVERED + IN_FLIGHT);
      assertThat(webhooks.values().stream().filter(sent -> sent.size() == 1))
          .as("events that were recorded as delivered before the backup")
          .hasSize(DELIVERED);
      Signer signer = new Signer(Secret.parse(endpoint.secret()));
      assertThat(webhooks.values())
          .allSatisfy(sent -> {
            byte[] body = sent.getFirst().body(); // with the id of the delivery
            assertThat(sent)
                .allSatisfy(webhook -> {
                  assertThat(webhook.body()).isEqualTo(body);
                  assertThat(webhook.header("X-Webhook-Signature")).isEqualTo(signer.sign(body));
                });
          });
    }
  }
}
