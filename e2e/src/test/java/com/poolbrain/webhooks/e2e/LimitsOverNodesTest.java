package com.poolbrain.webhooks.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.contracts.consumer.RawServer;
import com.poolbrain.webhooks.e2e.house.Company;
import com.poolbrain.webhooks.e2e.house.Consumer;
import com.poolbrain.webhooks.e2e.house.Endpoint;
import com.poolbrain.webhooks.e2e.house.Hook;
import com.poolbrain.webhooks.e2e.house.House;
import com.poolbrain.webhooks.e2e.house.Patience;
import com.poolbrain.webhooks.e2e.house.Setup;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// What an endpoint allows holds over two nodes that know of each other.
class LimitsOverNodesTest {

  private static final int EVENTS = 160;
  private static final int MOST_AT_ONCE = 4;
  private static final int PER_SECOND = 20;

  private TestDatabase database;
  private House one;
  private House other;

  @BeforeEach
  void open() {
    database = TestServer.EMBEDDED_18.fresh();
    one = House.open(setup());
    other = House.open(setup());
    for (House house : new House[] {one, other}) {
      Patience.until(
          "both are known",
          () -> house.api().outside("/metrics").body(),
          metrics -> metrics.contains("webhooks_nodes 2"));
    }
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
    database.close();
  }

  private Setup setup() {
    return Setup.on(database.settings()).with("WEBHOOKS_RETRY_SCHEDULE", "500ms,1s,2s");
  }

  @Test
  void nothingExceedsTheConcurrencyNotEvenTheBacklogOfAnEndpointThatRecovers(TestReporter report) {
    AtomicInteger open = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CompletableFuture<Void> two = new CompletableFuture<>();
    Set<String> seen = ConcurrentHashMap.newKeySet();
    RawServer.Script failsEachOnce =
        visit -> {
          while (true) {
            String id = new Hook(visit.request()).id();
            if (most.accumulateAndGet(open.incrementAndGet(), Math::max) >= 2) {
              two.complete(null);
            }
            two.join(); // however late the second one comes
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            open.decrementAndGet();
            visit.answer(seen.add(id) ? 500 : 200, "");
          }
        };
    try (Consumer consumer = Consumer.of(failsEachOnce)) {
      Endpoint endpoint = endpoint(consumer, "\"max_concurrency\": " + MOST_AT_ONCE);
      publish(endpoint.company());

      endpoint.deliveries(EVENTS, "delivered");

      report.publishEntry("most at once", most.toString());
      assertThat(most.get()).isBetween(2, MOST_AT_ONCE);
      assertThat(consumer.count()).isEqualTo(2 * EVENTS);
    }
  }

  @Test
  void nothingExceedsTheRateBeyondTheFirstSecond(TestReporter report) {
    AtomicLong last = new AtomicLong(Long.MIN_VALUE);
    RawServer.Script notes =
        visit -> {
          while (true) {
            visit.request();
            last.accumulateAndGet(System.nanoTime(), Math::max);
            visit.answer(200, "");
          }
        };
    try (Consumer consumer = Consumer.of(notes)) {
      Endpoint endpoint = endpoint(consumer, "\"rate_per_second\": " + PER_SECOND);
      long before = System.nanoTime();
      publish(endpoint.company());

      endpoint.deliveries(EVENTS, "delivered");

      Duration took = Duration.ofNanos(last.get() - before);
      report.publishEntry("took", took.toMillis() + " ms for " + EVENTS);
      // A second's worth may leave at once. The arrival of the first says nothing: it may be late.
      assertThat(took).isGreaterThanOrEqualTo(Duration.ofSeconds(EVENTS / PER_SECOND - 1));
    }
  }

  private Endpoint endpoint(Consumer consumer, String limit) {
    return one.newCompany()
        .add(
            "{\"url\": \"%s\", \"events\": [\"customer.created\"], %s}"
                .formatted(consumer.url(), limit));
  }

  /// Half of the events through each node.
  private void publish(Company company) {
    for (int customer = 0; customer < EVENTS; customer++) {
      company.through(customer % 2 == 0 ? one.api() : other.api()).customerCreated(customer);
    }
  }
}
