package com.poolbrain.webhooks.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.house.Answer;
import com.poolbrain.webhooks.e2e.house.Api;
import com.poolbrain.webhooks.e2e.house.Company;
import com.poolbrain.webhooks.e2e.house.Consumer;
import com.poolbrain.webhooks.e2e.house.Endpoint;
import com.poolbrain.webhooks.e2e.house.Hook;
import com.poolbrain.webhooks.e2e.house.House;
import com.poolbrain.webhooks.e2e.house.Patience;
import com.poolbrain.webhooks.e2e.house.ServiceProcess;
import com.poolbrain.webhooks.e2e.house.Setup;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import tools.jackson.databind.JsonNode;

/// A node of two is frozen for longer than its lease, as a virtual machine is that is moved, and
/// then goes on as if nothing had happened.
class FrozenNodeTest {

  private static final int EVENTS = 40;

  @Test
  void theOtherTakesOverAndTheZombieSendsNothingMoreAndRecordsItsResultsAsLate(TestReporter report)
      throws Exception {
    CompletableFuture<Void> gate = new CompletableFuture<>();
    try (TestDatabase database = TestServer.EMBEDDED_18.fresh();
        House other = House.open(setup(database));
        ServiceProcess zombie = ServiceProcess.start(setup(database));
        Api api = zombie.api();
        Consumer consumer = thatAnswersBehind(gate)) {
      Endpoint endpoint = other.newCompany().subscribe(consumer.url(), "customer.created");
      Company published = endpoint.company().through(api);
      for (int customer = 0; customer < EVENTS; customer++) {
        published.customerCreated(customer);
      }
      Patience.until("attempts are under way", consumer::count, count -> count >= 2);
      zombie.freeze();
      List<Hook> underWay = consumer.hooks();
      gate.complete(null);

      endpoint.deliveries(EVENTS, "delivered");
      zombie.thaw();
      Patience.until(
          "it knows that it was given up",
          zombie::output,
          lines -> lines.stream().anyMatch(line -> line.contains("it starts anew")));
      Patience.until(
          "it accepts again", () -> publishLast(published).status(), status -> status == 202);
      endpoint.deliveries(EVENTS + 1, "delivered");

      assertThat(consumer.count())
          .as("each once, and twice what was under way")
          .isEqualTo(EVENTS + underWay.size() + 1);
      for (Hook hook : underWay) {
        assertThatItsSecondResultIsLate(endpoint.company(), hook);
      }
      assertThatTheBytesAreTheSame(consumer.hooks());
      report.publishEntry(
          "count", "accepted %d, lost 0, duplicates %d".formatted(EVENTS + 1, underWay.size()));
    }
  }

  /// May be repeated.
  private static Answer publishLast(Company company) {
    String last =
        company.event("customer.created", "{\"customerId\": 1, \"displayName\": \"Chris Bale\"}");
    return company.api().publish(last, "Idempotency-Key", "last");
  }

  private static void assertThatItsSecondResultIsLate(Company company, Hook hook) {
    JsonNode delivery =
        Patience.until(
            "the result of the zombie is on record",
            () -> company.delivery(hook.id()),
            found -> found.path("attempts").size() == 2);
    assertThat(delivery.path("status").stringValue()).isEqualTo("delivered");
    assertThat(delivery.path("attempts").valueStream().filter(a -> a.path("late").asBoolean(false)))
        .hasSize(1);
  }

  private static void assertThatTheBytesAreTheSame(List<Hook> hooks) {
    Set<String> bodies = new HashSet<>();
    Set<String> ids = new HashSet<>();
    for (Hook hook : hooks) {
      bodies.add(hook.text());
      ids.add(hook.id());
    }
    assertThat(bodies).hasSameSizeAs(ids);
  }

  /// Longer than a busy machine stands still: only the frozen one is to be taken for dead.
  private static Setup setup(TestDatabase database) {
    return Setup.on(database.settings()).with("WEBHOOKS_LEASE", "5s");
  }

  private static Consumer thatAnswersBehind(CompletableFuture<Void> gate) {
    return Consumer.of(visit -> {
      while (true) {
        visit.request();
        gate.join();
        visit.answer(200, "thank you");
      }
    });
  }
}
