package com.poolbrain.webhooks.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.house.Company;
import com.poolbrain.webhooks.e2e.house.Consumer;
import com.poolbrain.webhooks.e2e.house.Endpoint;
import com.poolbrain.webhooks.e2e.house.HoppingClock;
import com.poolbrain.webhooks.e2e.house.House;
import com.poolbrain.webhooks.e2e.house.Patience;
import com.poolbrain.webhooks.e2e.house.Setup;
import com.poolbrain.webhooks.e2e.house.ShiftedClock;
import com.poolbrain.webhooks.e2e.house.Sql;
import com.poolbrain.webhooks.e2e.house.Traffic;
import com.poolbrain.webhooks.store.Database;
import com.poolbrain.webhooks.store.Partitions;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// Days end, and old ones are dropped, in the middle of the traffic.
class DayChangeTest {

  private static final int RETENTION = 2;
  private static final int DAYS = 25;
  private static final int LATER = 5;
  private static final int MANY = 100_000;
  private static final int MIDDLE = 100;

  /// The partition of the day that it is by the database's clock.
  private static final String TODAYS = "'event_' || to_char(now() at time zone 'UTC', 'YYYYMMDD')";

  private final TestDatabase database = TestServer.EMBEDDED_18.fresh();
  private final ShiftedClock clock = ShiftedClock.of(database);
  private final Sql sql = new Sql(database.settings());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void atMidnightNothingIsLostAndKeysAndRetriesOfYesterdayGoOn(TestReporter report)
      throws Exception {
    clock.setBeforeMidnight(Duration.ofHours(1));
    Setup setup = Setup.on(database.settings()).with("WEBHOOKS_RETRY_SCHEDULE", "4s,4s,4s");
    try (House house = House.open(setup);
        Traffic traffic = Traffic.through(house);
        Consumer consumer = Consumer.thatAnswers(500, 200)) {
      Endpoint endpoint = house.newCompany().subscribe(consumer.url(), "customer.created");
      traffic.publish(MIDDLE);
      traffic.awaitArrivals(MIDDLE);
      clock.setBeforeMidnight(Duration.ofSeconds(2));
      String yesterday = publish(endpoint.company());

      Patience.until("events are of two days", () -> events(traffic), tables -> tables == 2);

      assertThat(publish(endpoint.company())).as("the key is still known").isEqualTo(yesterday);
      assertThat(endpoint.onlyDelivery("delivered").path("attempts").size()).isEqualTo(2);
      traffic.assertThatNothingIsLost(0, report);
      traffic.assertThatAllIsOnRecord(house.api());
      assertThat(traffic.publishers().refusals()).isEmpty();
    }
  }

  @Test
  void onAMachineThatIsAheadTheDayIsTheDatabases(TestReporter report) throws Exception {
    clock.setDays(-LATER);
    try (House house = House.open(Setup.on(database.settings()));
        Traffic traffic = Traffic.through(house)) {
      traffic.publish(MIDDLE);
      traffic.assertThatNothingIsLost(0, report);
    }
    assertThat(sql.number("select count(*) from event where tableoid::regclass::text > " + TODAYS))
        .as("events of days that have not come yet")
        .isZero();
  }

  /// Has more events published, and says of how many days there are some.
  private long events(Traffic traffic) {
    traffic.keepGoing();
    return sql.number("select count(distinct tableoid) from event");
  }

  @Test
  void daysComeAndGoWithoutALoss(TestReporter report) throws Exception {
    try (House house = House.open(Setup.on(database.settings()));
        Traffic traffic = Traffic.through(house);
        Database upkeep = database.open()) {
      traffic.publish(MIDDLE);
      traffic.awaitArrivals(MIDDLE);
      Instant today = InstantSource.system().instant(); // the house may have begun yesterday
      HoppingClock days = new HoppingClock(today.minus(Duration.ofDays(DAYS)), today);
      try (Upkeep partitions = Upkeep.of(upkeep, days)) {
        Patience.until("they are gone", () -> passed(traffic, days), passed -> passed);
        assertThat(partitions.partitions().ready()).isTrue();
      }

      assertThat(sql.number("select count(*) from pg_inherits where inhparent = 'event'::regclass"))
          .as("from the first day that is kept to a week ahead")
          .isEqualTo(RETENTION + 1 + 7);
      traffic.assertThatNothingIsLost(0, report);
      traffic.assertThatAllIsOnRecord(house.api());
      assertThat(traffic.publishers().refusals()).isEmpty();
    }
  }

  private static boolean passed(Traffic traffic, HoppingClock days) {
    traffic.keepGoing();
    return days.hasArrived();
  }

  @Test
  void whatIsStillOpenOfADayThatIsDroppedIsGivenUpAndCounted(TestReporter report) throws Exception {
    Instant later = InstantSource.system().instant().plus(Duration.ofDays(LATER));
    Setup setup = Setup.on(database.settings()).with("WEBHOOKS_RETRY_SCHEDULE", "1h");
    try (House house = House.open(setup);
        Consumer consumer = Consumer.thatAnswers(500, 200);
        Traffic traffic = Traffic.through(house);
        Database upkeep = database.open()) {
      Endpoint endpoint = house.newCompany().subscribe(consumer.url(), "customer.created");
      endpoint.company().customerCreated(1);
      endpoint.onlyDelivery("retrying");
      HoppingClock days = new HoppingClock(later, later);
      try (Upkeep partitions = Upkeep.of(upkeep, days)) {
        Patience.until("the day is dropped", days::hasArrived, arrived -> arrived);
        assertThat(partitions.partitions().removedOpen()).isEqualTo(1);
      }
      clock.setDays(LATER);
      Patience.until("the node goes by it", () -> secondsAhead(house), ahead -> ahead < -MANY);

      assertThat(endpoint.deliveries()).isEmpty();
      traffic.publish(MIDDLE);
      traffic.assertThatNothingIsLost(0, report);
      assertThat(consumer.count()).as("it is given up").isEqualTo(1);
    }
  }

  /// How far the machine's clock is ahead of the database's, as the node sees it.
  private static double secondsAhead(House house) {
    return house
        .api()
        .outside("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("webhooks_clock_ahead_seconds "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  private static String publish(Company company) {
    return company
        .api()
        .publish(
            company.event(
                "customer.created", "{\"customerId\": 1, \"displayName\": \"Chris Bale\"}"),
            "Idempotency-Key",
            "yesterday-" + company.id())
        .expect(202)
        .path("events")
        .path(0)
        .path("id")
        .stringValue();
  }

  /// What makes and drops days, at work.
  private record Upkeep(Partitions partitions) implements AutoCloseable {

    static Upkeep of(Database database, HoppingClock clock) {
      Partitions partitions =
          new Partitions(database, RETENTION, clock, Thread.ofVirtual().factory());
      partitions.start();
      return new Upkeep(partitions);
    }

    @Override
    public void close() {
      partitions.close();
    }
  }
}
