package com.poolbrain.webhooks.e2e.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.endpoint.ScriptedServer;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// Limits of an endpoint hold over two nodes that know each other.
class ClusterLimitsTest {

  private static final int EVENTS = 160;
  private static final int MAX_CONCURRENCY = 4;
  private static final int RATE_PER_SECOND = 20;

  private TestDatabase database;
  private RunningService firstNode;
  private RunningService secondNode;

  @BeforeEach
  void startNodes() {
    database = TestServer.EMBEDDED_18.createDatabase();
    firstNode = RunningService.start(serviceEnvironment());
    secondNode = RunningService.start(serviceEnvironment());
    for (RunningService service : new RunningService[] {firstNode, secondNode}) {
      Await.until(
          "both nodes know each other",
          () -> service.api().getFromRoot("/metrics").body(),
          metrics -> metrics.contains("webhooks_nodes 2"));
    }
  }

  @AfterEach
  void close() {
    firstNode.close();
    secondNode.close();
    database.close();
  }

  private ServiceEnvironment serviceEnvironment() {
    return RunningService.environmentOn(database.settings())
        .with("WEBHOOKS_RETRY_SCHEDULE", "500ms,1s,2s");
  }

  @Test
  void max_concurrency_holds_over_two_nodes_even_for_a_backlog(TestReporter report) {
    AtomicInteger inFlight = new AtomicInteger();
    AtomicInteger maxInFlight = new AtomicInteger();
    CompletableFuture<Void> twoInFlight = new CompletableFuture<>();
    Set<String> seenIds = ConcurrentHashMap.newKeySet();
    ScriptedServer.Script failFirstAttempts =
        connection -> {
          while (true) {
            String id = connection.readRequest().deliveryId();
            if (maxInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max) >= 2) {
              twoInFlight.complete(null);
            }
            twoInFlight.join(); // until a second attempt runs beside the first
            connection.delay(Duration.ofMillis(5));
            inFlight.decrementAndGet();
            connection.respond(seenIds.add(id) ? 500 : 200, "");
          }
        };
    try (HttpsReceiver receiver = HttpsReceiver.scripted(failFirstAttempts)) {
      TestEndpoint endpoint = createEndpoint(receiver, "\"max_concurrency\": " + MAX_CONCURRENCY);
      publish(endpoint.company());

      endpoint.awaitDeliveries(EVENTS, "delivered");

      report.publishEntry("most at once", maxInFlight.toString());
      assertThat(maxInFlight.get()).isBetween(2, MAX_CONCURRENCY);
      assertThat(receiver.webhookCount()).isEqualTo(2 * EVENTS);
    }
  }

  @Test
  void rate_limit_holds_over_two_nodes_after_the_first_second(TestReporter report) {
    AtomicLong lastArrivalNanos = new AtomicLong(Long.MIN_VALUE);
    ScriptedServer.Script recordLastArrival =
        connection -> {
          while (true) {
            connection.readRequest();
            lastArrivalNanos.accumulateAndGet(System.nanoTime(), Math::max);
            connection.respond(200, "");
          }
        };
    try (HttpsReceiver receiver = HttpsReceiver.scripted(recordLastArrival)) {
      TestEndpoint endpoint = createEndpoint(receiver, "\"rate_per_second\": " + RATE_PER_SECOND);
      long startNanos = System.nanoTime();
      publish(endpoint.company());

      endpoint.awaitDeliveries(EVENTS, "delivered");

      Duration elapsed = Duration.ofNanos(lastArrivalNanos.get() - startNanos);
      report.publishEntry("took", elapsed.toMillis() + " ms for " + EVENTS);
      // The quota of one second may be sent at once. The first arrival may be late.
      assertThat(elapsed).isGreaterThanOrEqualTo(Duration.ofSeconds(EVENTS / RATE_PER_SECOND - 1));
    }
  }

  private TestEndpoint createEndpoint(HttpsReceiver receiver, String limit) {
    return firstNode
        .createCompany()
        .createEndpoint(
            "{\"url\": \"%s\", \"events\": [\"customer.created\"], %s}"
                .formatted(receiver.url(), limit));
  }

  /// Publishes half of the events through each node.
  private void publish(TestCompany company) {
    for (int customer = 0; customer < EVENTS; customer++) {
      company
          .withApi(customer % 2 == 0 ? firstNode.api() : secondNode.api())
          .publishCustomerCreated(customer);
    }
  }
}
