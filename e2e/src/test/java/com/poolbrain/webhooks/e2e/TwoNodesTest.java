package com.poolbrain.webhooks.e2e;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.contracts.consumer.Visit;
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
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
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

  private static final Duration SLOW = Duration.ofMillis(20);

  @Parameter private TestServer server;
  private TestDatabase database;
  private House one;
  private House other;

  @BeforeEach
  void open() {
    database = server.fresh();
    one = House.open(setup());
    other = House.open(setup());
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
    database.close();
  }

  /// Short, and longer than a busy machine stands still: who is taken for dead is sent for twice.
  private Setup setup() {
    return Setup.on(database.settings()).with("WEBHOOKS_LEASE", "5s");
  }

  @Test
  void bothTakePartAndNoAttemptIsMadeTwice() {
    int events = 300;
    try (Consumer consumer = thatFailsEachDeliveryOnce()) {
      Endpoint endpoint = one.newCompany().subscribe(consumer.url(), "customer.created");
      for (int customer = 0; customer < events; customer++) {
        Api node = customer % 2 == 0 ? one.api() : other.api();
        endpoint.company().through(node).customerCreated(customer);
      }
      endpoint.deliveries(events, "delivered");

      Map<String, List<Hook>> deliveries = consumer.hooks().stream().collect(groupingBy(Hook::id));
      assertThat(deliveries).hasSize(events);
      assertThat(deliveries.values())
          .allSatisfy(hooks -> assertThat(hooks).extracting(Hook::attempt).containsExactly(1, 2));
      // What is on record is counted a moment later.
      int counted =
          Patience.until(
              "all attempts are counted",
              () -> attemptsOf(one) + attemptsOf(other),
              sum -> sum >= 2 * events);
      assertThat(counted).isEqualTo(2 * events);
      assertThat(attemptsOf(one)).isPositive();
      assertThat(attemptsOf(other)).isPositive();
    }
  }

  /// A second is counted in answers, each of which takes its time: they stand still when the
  /// machine does.
  @Test
  void aToggleThroughOneStopsTheOtherWithinASecond() {
    int events = 1_000;
    try (Consumer slow = Consumer.of(TwoNodesTest::answerSlowly)) {
      Company company = one.newCompany();
      company.add(
          "{\"url\": \"%s\", \"events\": [\"job.one_time.created\"], \"max_concurrency\": 1}"
              .formatted(slow.url()));
      company
          .through(other.api())
          .publish(
              "job.one_time.created",
              Collections.nCopies(events, "{\"jobNumber\": \"JOB-1\"}").toString());
      Patience.until("it is under way", slow::count, count -> count > 10);

      company.useWebhooks(false);
      int before = slow.count();
      assertThat(
              company
                  .through(other.api())
                  .publish("job.one_time.created", "{\"jobNumber\": \"JOB-2\"}")
                  .path("skipped")
                  .intValue())
          .isEqualTo(1);
      int delivered = endedOrSkipped(company, events + 1);

      assertThat(delivered).as("the others were stopped").isLessThan(events);
      assertThat(slow.count() - before)
          .as("requests after the answer; one may have been under way")
          .isLessThanOrEqualTo(1 + (int) Duration.ofSeconds(1).dividedBy(SLOW));
    }
  }

  @Test
  void whatAKilledNodeHadBegunIsDoneByTheOther() throws Exception {
    try (ServiceProcess killed = ServiceProcess.start(setup());
        Api api = killed.api();
        Consumer consumer = thatLetsTheFirstWait()) {
      Endpoint endpoint = one.newCompany().subscribe(consumer.url(), "customer.created");
      endpoint.company().through(api).customerCreated(1);
      Hook begun = consumer.next();

      killed.kill();
      Hook again = consumer.next();

      assertThat(again.text()).isEqualTo(begun.text());
      assertThat(again.attempt()).as("an attempt that was lost was none").isEqualTo(1);
      assertThat(endpoint.onlyDelivery("delivered").path("attempts").size()).isEqualTo(1);
    }
  }

  private static Consumer thatFailsEachDeliveryOnce() {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    return Consumer.of(visit -> {
      while (true) {
        boolean first = seen.add(new Hook(visit.request()).id());
        visit.answer(first ? 500 : 200, "");
      }
    });
  }

  private static Consumer thatLetsTheFirstWait() {
    Set<String> seen = ConcurrentHashMap.newKeySet();
    return Consumer.of(visit -> {
      while (!seen.add(new Hook(visit.request()).id())) {
        visit.answer(200, "");
      }
      visit.waitForTheEnd();
    });
  }

  private static void answerSlowly(Visit visit) throws IOException {
    while (true) {
      visit.request();
      long end = System.nanoTime() + SLOW.toNanos();
      while (System.nanoTime() < end) {
        LockSupport.parkNanos(end - System.nanoTime());
      }
      visit.answer(200, "");
    }
  }

  /// Waits until all are delivered or skipped, the latter because webhooks are off.
  ///
  /// @return how many were delivered
  private static int endedOrSkipped(Company company, int all) {
    int skipped =
        Patience.until(
                "nothing is open any more",
                () -> company.deliveries("status=skipped").size(),
                found -> found + company.deliveries("status=delivered").size() == all)
            .intValue();
    assertThat(company.deliveries("status=skipped"))
        .extracting(delivery -> delivery.path("skip_reason").stringValue())
        .containsOnly("webhooks_off");
    return all - skipped;
  }

  private static int attemptsOf(House house) {
    return ATTEMPTS
        .matcher(house.api().outside("/metrics").body())
        .results()
        .map(MatchResult::group)
        .map(line -> line.substring(line.lastIndexOf(' ') + 1))
        .mapToInt(number -> (int) Double.parseDouble(number))
        .sum();
  }
}
