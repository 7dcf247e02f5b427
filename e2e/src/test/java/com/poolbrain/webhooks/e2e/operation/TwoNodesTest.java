package com.poolbrain.webhooks.e2e.operation;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
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
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Two nodes on one database.
@ParameterizedClass
@EnumSource(TestServer.class)
class TwoNodesTest {

  private static final Pattern ATTEMPTS =
      Pattern.compile("^webhooks_attempts_total\\{[^}]*} ([0-9.]+)$", Pattern.MULTILINE);

  private static final Duration RESPONSE_DELAY = Duration.ofMillis(20);

  @Parameter private TestServer server;
  private TestDatabase database;
  private RunningService firstNode;
  private RunningService secondNode;

  @BeforeEach
  void startNodes() {
    database = server.createDatabase();
    firstNode = RunningService.start(serviceEnvironment());
    secondNode = RunningService.start(serviceEnvironment());
  }

  @AfterEach
  void close() {
    firstNode.close();
    secondNode.close();
    database.close();
  }

  /// Short, but longer than a busy machine stalls: deliveries of an expired node are sent twice.
  private ServiceEnvironment serviceEnvironment() {
    return RunningService.environmentOn(database.settings()).with("WEBHOOKS_LEASE", "5s");
  }

  @Test
  void both_nodes_deliver_and_no_attempt_is_made_twice() {
    int events = 300;
    try (HttpsReceiver receiver = receiverFailingEachDeliveryOnce()) {
      TestEndpoint endpoint =
          firstNode.createCompany().subscribe(receiver.url(), "customer.created");
      for (int customer = 0; customer < events; customer++) {
        ServiceClient node = customer % 2 == 0 ? firstNode.api() : secondNode.api();
        endpoint.company().withApi(node).publishCustomerCreated(customer);
      }
      endpoint.awaitDeliveries(events, "delivered");

      Map<String, List<ReceivedRequest>> deliveries =
          receiver.webhooks().stream().collect(groupingBy(ReceivedRequest::deliveryId));
      assertThat(deliveries).hasSize(events);
      assertThat(deliveries.values())
          .allSatisfy(webhooks ->
              assertThat(webhooks)
                  .extracting(ReceivedRequest::attemptNumber)
                  .containsExactly(1, 2));
      // Attempts are counted shortly after they are recorded.
      int counted =
          Await.until(
              "the metrics of both nodes count all attempts",
              () -> countedAttempts(firstNode) + countedAttempts(secondNode),
              sum -> sum >= 2 * events);
      assertThat(counted).isEqualTo(2 * events);
      assertThat(countedAttempts(firstNode)).isPositive();
      assertThat(countedAttempts(secondNode)).isPositive();
    }
  }

  @Test
  void event_type_that_one_node_adds_is_subscribed_and_published_at_the_other() throws Exception {
    String type =
        """
        {"description": "d", "category": "c", "may_be_grouped": false, "samples": [{"poolId": 1}],
         "schema": {"type": "object", "properties": {"poolId": {"type": "integer"}},
                    "additionalProperties": false}}
        """;
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestCompany company = firstNode.createCompany().withApi(secondNode.api());
      firstNode.api().put("/event-types/pool.opened", type).expect(201);

      Await.until(
          "the other node knows the type",
          () -> secondNode.api().get("/event-types/pool.opened").status() == 200);
      company.subscribe(receiver.url(), "pool.opened");
      company.publish("pool.opened", "{\"poolId\": 7}");
      assertThat(receiver.awaitNext().eventName()).isEqualTo("pool.opened");

      firstNode.close();
      firstNode = RunningService.start(serviceEnvironment());
      company.withApi(firstNode.api()).publish("pool.opened", "{\"poolId\": 8}");
      assertThat(receiver.awaitNext().eventName()).isEqualTo("pool.opened");
    }
  }

  /// The queue of the other node would hold the deliveries for hours.
  @Test
  void erasure_cancels_what_waits_in_the_queue_of_the_other_node() {
    try (HttpsReceiver receiver = HttpsReceiver.accepting()) {
      TestCompany company = firstNode.createCompany();
      company.createEndpoint(
          "{\"url\": \"%s\", \"events\": [\"customer.created\"], \"rate_per_second\": 0.001}"
              .formatted(receiver.url()));
      for (int i = 0; i < 10; i++) {
        company.withApi(secondNode.api()).publishCustomerCreated(7);
      }
      Await.until("one was sent", () -> receiver.webhookCount() == 1);

      String job =
          firstNode
              .api()
              .post(company.path() + "/erase", "{\"customer_id\": 7}")
              .expect(202)
              .path("job_id")
              .asString();
      Await.until(
          "the job is done",
          () ->
              firstNode.api().get("/jobs/" + job).json().path("status").asString().equals("done"));

      assertThat(company.listDeliveries())
          .hasSize(10)
          .allMatch(delivery -> delivery.has("erased_at"));
      assertThat(company.listDeliveries("status=skipped")).hasSize(9);
      assertThat(receiver.webhookCount()).isEqualTo(1);
    }
  }

  @Test
  void killed_node_leaves_the_deletion_of_a_company_to_the_other() {
    TestCompany company = firstNode.createCompany();
    String job = firstNode.api().delete(company.path()).expect(202).path("job_id").asString();
    firstNode.close();

    Await.until(
        "the other node has deleted the company",
        () -> secondNode.api().get("/jobs/" + job).json().path("status").asString().equals("done"));
    secondNode.api().put(company.path(), "{\"name\": \"New Pools\"}").expect(201);
    firstNode = RunningService.start(serviceEnvironment());
  }

  /// A second is measured in responses of fixed duration, which stall when the machine does.
  @Test
  void disabling_webhooks_on_one_node_stops_the_other_within_a_second() {
    int events = 1_000;
    try (HttpsReceiver slowReceiver = HttpsReceiver.scripted(TwoNodesTest::answerSlowly)) {
      TestCompany company = firstNode.createCompany();
      company.createEndpoint(
          "{\"url\": \"%s\", \"events\": [\"job.one_time.created\"], \"max_concurrency\": 1}"
              .formatted(slowReceiver.url()));
      company
          .withApi(secondNode.api())
          .publish(
              "job.one_time.created",
              Collections.nCopies(events, "{\"jobNumber\": \"JOB-1\"}").toString());
      Await.until(
          "more than ten webhooks have arrived", slowReceiver::webhookCount, count -> count > 10);

      company.setWebhooksEnabled(false);
      int countBefore = slowReceiver.webhookCount();
      assertThat(
              company
                  .withApi(secondNode.api())
                  .publish("job.one_time.created", "{\"jobNumber\": \"JOB-2\"}")
                  .path("skipped")
                  .intValue())
          .isEqualTo(1);
      int delivered = awaitDeliveredCount(company, events + 1);

      assertThat(delivered).as("delivered events").isLessThan(events);
      assertThat(slowReceiver.webhookCount() - countBefore)
          .as("webhooks after the response; one may have been in flight")
          .isLessThanOrEqualTo(1 + (int) Duration.ofSeconds(1).dividedBy(RESPONSE_DELAY));
    }
  }

  @Test
  void delivery_started_by_a_killed_node_is_completed_by_the_other() throws Exception {
    try (ServiceProcess killedNode = ServiceProcess.serve(serviceEnvironment());
        ServiceClient api = killedNode.api();
        HttpsReceiver receiver = receiverHangingOnFirstAttempts()) {
      TestEndpoint endpoint =
          firstNode.createCompany().subscribe(receiver.url(), "customer.created");
      endpoint.company().withApi(api).publishCustomerCreated(1);
      ReceivedRequest firstWebhook = receiver.awaitNext();

      killedNode.kill();
      ReceivedRequest secondWebhook = receiver.awaitNext();

      assertThat(secondWebhook.bodyText()).isEqualTo(firstWebhook.bodyText());
      assertThat(secondWebhook.attemptNumber())
          .as("attempt number after a lost attempt")
          .isEqualTo(1);
      assertThat(endpoint.awaitOnlyDelivery("delivered").path("attempts").size()).isEqualTo(1);
    }
  }

  private static HttpsReceiver receiverFailingEachDeliveryOnce() {
    Set<String> seenIds = ConcurrentHashMap.newKeySet();
    return HttpsReceiver.scripted(connection -> {
      while (true) {
        boolean first = seenIds.add(connection.readRequest().deliveryId());
        connection.respond(first ? 500 : 200, "");
      }
    });
  }

  private static HttpsReceiver receiverHangingOnFirstAttempts() {
    Set<String> seenIds = ConcurrentHashMap.newKeySet();
    return HttpsReceiver.scripted(connection -> {
      while (!seenIds.add(connection.readRequest().deliveryId())) {
        connection.respond(200, "");
      }
      connection.awaitClientClose();
    });
  }

  private static void answerSlowly(ScriptedConnection connection) throws IOException {
    while (true) {
      connection.readRequest();
      connection.delay(RESPONSE_DELAY);
      connection.respond(200, "");
    }
  }

  /// Waits until every event is delivered, or skipped because webhooks are disabled.
  ///
  /// @return number of delivered events
  private static int awaitDeliveredCount(TestCompany company, int expectedCount) {
    int skipped =
        Await.until(
                "no delivery is open",
                () -> company.listDeliveries("status=skipped").size(),
                found -> found + company.listDeliveries("status=delivered").size() == expectedCount)
            .intValue();
    assertThat(company.listDeliveries("status=skipped"))
        .extracting(delivery -> delivery.path("skip_reason").stringValue())
        .containsOnly("webhooks_off");
    return expectedCount - skipped;
  }

  private static int countedAttempts(RunningService service) {
    return ATTEMPTS
        .matcher(service.api().getFromRoot("/metrics").body())
        .results()
        .map(MatchResult::group)
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .mapToInt(number -> (int) Double.parseDouble(number))
        .sum();
  }
}
