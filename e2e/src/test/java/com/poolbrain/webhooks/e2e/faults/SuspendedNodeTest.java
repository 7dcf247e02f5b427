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

/// A node of two is frozen for longer than its lease, as a virtual machine is that is moved, and
/// then goes on as if nothing had happened.
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
        HttpsReceiver consumer = consumerAnsweringAfter(mayAnswer)) {
      TestEndpoint endpoint =
          otherNode.createCompany().subscribe(consumer.url(), "customer.created");
      TestCompany companyOnSuspendedNode = endpoint.company().withApi(api);
      for (int customer = 0; customer < EVENTS; customer++) {
        companyOnSuspendedNode.publishCustomerCreated(customer);
      }
      Await.until("attempts are under way", consumer::webhookCount, count -> count >= 2);
      suspendedNode.suspend();
      List<ReceivedRequest> inFlight = consumer.webhooks();
      mayAnswer.complete(null);

      endpoint.awaitDeliveries(EVENTS, "delivered");
      suspendedNode.resume();
      Await.until(
          "it knows that it was given up",
          suspendedNode::output,
          lines -> lines.stream().anyMatch(line -> line.contains("it starts anew")));
      Await.until(
          "it accepts again",
          () -> publishLast(companyOnSuspendedNode).status(),
          status -> status == 202);
      endpoint.awaitDeliveries(EVENTS + 1, "delivered");

      assertThat(consumer.webhookCount())
          .as("each once, and twice what was under way")
          .isEqualTo(EVENTS + inFlight.size() + 1);
      for (ReceivedRequest webhook : inFlight) {
        assertSecondResultIsLate(endpoint.company(), webhook);
      }
      assertSameBytesPerDelivery(consumer.webhooks());
      report.publishEntry(
          "count", "accepted %d, lost 0, duplicates %d".formatted(EVENTS + 1, inFlight.size()));
    }
  }

  /// May be repeated.
  private static ApiResponse publishLast(TestCompany company) {
    String lastEvent =
        company.eventJson(
            "customer.created", "{\"customerId\": 1, \"displayName\": \"Chris Bale\"}");
    return company.api().publish(lastEvent, "Idempotency-Key", "last");
  }

  private static void assertSecondResultIsLate(TestCompany company, ReceivedRequest webhook) {
    JsonNode delivery =
        Await.until(
            "the result of the zombie is on record",
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

  /// Longer than a busy machine stands still: only the frozen one is to be taken for dead.
  private static ServiceEnvironment serviceEnvironment(TestDatabase database) {
    return RunningService.environmentOn(database.settings()).with("WEBHOOKS_LEASE", "5s");
  }

  private static HttpsReceiver consumerAnsweringAfter(CompletableFuture<Void> mayAnswer) {
    return HttpsReceiver.scripted(connection -> {
      while (true) {
        connection.readRequest();
        mayAnswer.join();
        connection.respond(200, "thank you");
      }
    });
  }
}
