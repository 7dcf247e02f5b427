package com.poolbrain.webhooks.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ReceivedRequest;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.JsonNode;

/// One of two nodes is suspended for longer than its lease, as a migrating virtual machine is, and
/// then resumed.
class SuspendedNodeTest {

  private static final int EVENTS = 40;

  @Test
  void deliveries_of_a_suspended_node_are_taken_over_and_its_results_are_recorded_as_late(
      TestReporter report) throws Exception {
    CompletableFuture<Void> mayAnswer = new CompletableFuture<>();
    try (TestDatabase database = TestServer.EMBEDDED_18.createDatabase();
        RunningService otherNode = RunningService.start(serviceEnvironment(database));
        ServiceProcess suspendedNode = ServiceProcess.serve(serviceEnvironment(database));
        ServiceClient api = suspendedNode.api();
        HttpsReceiver receiver = receiverAnsweringAfter(mayAnswer)) {
      TestEndpoint endpoint =
          otherNode.createCompany().subscribe(receiver.url(), "customer.created");
      TestCompany companyOnSuspendedNode = endpoint.company().withApi(api);
      for (int customer = 0; customer < EVENTS; customer++) {
        companyOnSuspendedNode.publishCustomerCreated(customer);
      }
      Await.until("attempts are in flight", receiver::webhookCount, count -> count >= 2);
      suspendedNode.suspend();
      List<ReceivedRequest> inFlight = receiver.webhooks();
      mayAnswer.complete(null);

      endpoint.awaitDeliveries(EVENTS, "delivered");
      suspendedNode.resume();
      Await.until(
          "the resumed node starts a new incarnation",
          suspendedNode::output,
          lines ->
              lines.stream().anyMatch(line -> line.contains("it restarts as a new incarnation")));
      Await.until(
          "the resumed node accepts events again",
          () -> publishLast(companyOnSuspendedNode).status(),
          status -> status == 202);
      endpoint.awaitDeliveries(EVENTS + 1, "delivered");

      assertThat(receiver.webhookCount())
          .as("each event once, and those in flight twice")
          .isEqualTo(EVENTS + inFlight.size() + 1);
      for (ReceivedRequest webhook : inFlight) {
        assertSecondResultIsLate(endpoint.company(), webhook);
      }
      assertSameBytesPerDelivery(receiver.webhooks());
      report.publishEntry(
          "count", "accepted %d, lost 0, duplicates %d".formatted(EVENTS + 1, inFlight.size()));
    }
  }

  /// Publishes with a key, so that it may be repeated.
  private static ApiResponse publishLast(TestCompany company) {
    String lastEvent =
        company.eventJson(
            "customer.created", "{\"customerId\": 1, \"displayName\": \"Chris Bale\"}");
    return company.api().publish(lastEvent, "Idempotency-Key", "last");
  }

  private static void assertSecondResultIsLate(TestCompany company, ReceivedRequest webhook) {
    JsonNode delivery =
        Await.until(
            "the late result is recorded",
            () -> company.getDelivery(webhook.deliveryId()),
            found -> found.path("attempts").size() == 2);
    assertThat(delivery.path("status").stringValue()).isEqualTo("delivered");
    assertThat(delivery.path("attempts").valueStream().filter(a -> a.path("late").asBoolean(false)))
        .hasSize(1);
  }

  private static void assertSameBytesPerDelivery(List<ReceivedRequest> webhooks) {
    Set<String> bodies = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (ReceivedRequest webhook : webhooks) {
      bodies.add(webhook.bodyText());
      ids.add(webhook.deliveryId());
    }
    assertThat(bodies).hasSameSizeAs(ids);
  }

  /// A lease longer than a busy machine stalls: only the suspended node must be expired.
  private static ServiceEnvironment serviceEnvironment(TestDatabase database) {
    return RunningService.environmentOn(database.settings()).with("WEBHOOKS_LEASE", "5s");
  }

  private static HttpsReceiver receiverAnsweringAfter(CompletableFuture<Void> mayAnswer) {
    return HttpsReceiver.scripted(connection -> {
      while (true) {
        connection.readRequest();
        mayAnswer.join();
        connection.respond(200, "thank you");
      }
    });
  }
}
