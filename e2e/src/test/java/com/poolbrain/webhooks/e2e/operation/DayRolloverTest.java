package com.poolbrain.webhooks.e2e.operation;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.AdminSql;
import com.poolbrain.webhooks.e2e.support.DayJumpingClock;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.e2e.support.ShiftedDatabaseClock;
import com.poolbrain.webhooks.e2e.support.Traffic;
import com.poolbrain.webhooks.engine.runtime.UuidV7Generator;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.audit.Audit;
import com.poolbrain.webhooks.store.jdbc.Database;
import com.poolbrain.webhooks.store.partition.PartitionMaintenance;
import com.poolbrain.webhooks.testkit.endpoint.HttpsReceiver;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.TestCompany;
import com.poolbrain.webhooks.testkit.service.TestEndpoint;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// Days end, and old partitions are dropped, under load.
class DayRolloverTest {

  private static final int RETENTION_DAYS = 2;
  private static final int DAYS = 25;
  private static final int DAYS_AHEAD = 5;
  private static final int MIN_SKEW_SECONDS = 100_000;
  private static final int EVENTS = 100;

  /// Partition of the current day by the database clock.
  private static final String TODAYS_PARTITION_SQL =
      "'event_' || to_char(now() at time zone 'UTC', 'YYYYMMDD')";

  private final TestDatabase database = TestServer.EMBEDDED_18.createDatabase();
  private final ShiftedDatabaseClock clock = ShiftedDatabaseClock.install(database);
  private final AdminSql sql = new AdminSql(database.settings());

  @AfterEach
  void close() {
    database.close();
  }

  @Test
  void at_midnight_nothing_is_lost_and_idempotency_keys_and_retries_continue(TestReporter report)
      throws Exception {
    clock.setBeforeMidnight(Duration.ofHours(1));
    ServiceEnvironment environment =
        RunningService.environmentOn(database.settings())
            .with("WEBHOOKS_RETRY_SCHEDULE", "4s,4s,4s");
    try (RunningService service = RunningService.start(environment);
        Traffic traffic = Traffic.against(service);
        HttpsReceiver receiver = HttpsReceiver.answering(500, 200)) {
      TestEndpoint endpoint = service.createCompany().subscribe(receiver.url(), "customer.created");
      traffic.publish(EVENTS);
      traffic.awaitArrivals(EVENTS);
      clock.setBeforeMidnight(Duration.ofSeconds(2));
      String eventId = publishWithKey(endpoint.company());

      Await.until(
          "events are stored in the partitions of two days",
          () -> keepPublishingAndCountEventDays(traffic),
          dayCount -> dayCount == 2);

      assertThat(publishWithKey(endpoint.company()))
          .as("event of the repeated key")
          .isEqualTo(eventId);
      assertThat(endpoint.awaitOnlyDelivery("delivered").path("attempts").size()).isEqualTo(2);
      traffic.assertThatNothingIsLost(0, report);
      traffic.assertThatAllIsRecorded(service.api());
      assertThat(traffic.publishers().rejections()).isEmpty();
    }
  }

  @Test
  void partition_day_follows_the_database_clock_if_the_machine_clock_is_ahead(TestReporter report)
      throws Exception {
    clock.setDaysAhead(-DAYS_AHEAD);
    try (RunningService service =
            RunningService.start(RunningService.environmentOn(database.settings()));
        Traffic traffic = Traffic.against(service)) {
      traffic.publish(EVENTS);
      traffic.assertThatNothingIsLost(0, report);
    }
    assertThat(
            sql.queryNumber(
                "select count(*) from event where tableoid::regclass::text > "
                    + TODAYS_PARTITION_SQL))
        .as("events in partitions of future days")
        .isZero();
  }

  /// Publishes more events, and returns the number of days with events.
  private long keepPublishingAndCountEventDays(Traffic traffic) {
    traffic.keepPublishing();
    return sql.queryNumber("select count(distinct tableoid) from event");
  }

  @Test
  void partitions_are_created_and_dropped_under_traffic_without_loss(TestReporter report)
      throws Exception {
    try (RunningService service =
            RunningService.start(RunningService.environmentOn(database.settings()));
        Traffic traffic = Traffic.against(service);
        Database maintenanceDatabase = database.open()) {
      traffic.publish(EVENTS);
      traffic.awaitArrivals(EVENTS);
      Instant today = InstantSource.system().instant(); // the test may have started yesterday
      DayJumpingClock dayClock = new DayJumpingClock(today.minus(Duration.ofDays(DAYS)), today);
      try (PartitionMaintenance maintenance = startMaintenance(maintenanceDatabase, dayClock)) {
        Await.until(
            "all old partitions are dropped",
            () -> keepPublishingUntilLastDay(traffic, dayClock),
            finished -> finished);
        assertThat(maintenance.isReady()).isTrue();
      }

      assertThat(
              sql.queryNumber(
                  "select count(*) from pg_inherits where inhparent = 'event'::regclass"))
          .as("partitions from the first retained day to a week ahead")
          .isEqualTo(RETENTION_DAYS + 1 + 7);
      traffic.assertThatNothingIsLost(0, report);
      traffic.assertThatAllIsRecorded(service.api());
      assertThat(traffic.publishers().rejections()).isEmpty();
    }
  }

  private static boolean keepPublishingUntilLastDay(Traffic traffic, DayJumpingClock dayClock) {
    traffic.keepPublishing();
    return dayClock.isIdleAtEnd();
  }

  @Test
  void open_deliveries_of_a_dropped_partition_are_abandoned_and_counted(TestReporter report)
      throws Exception {
    Instant future = InstantSource.system().instant().plus(Duration.ofDays(DAYS_AHEAD));
    ServiceEnvironment environment =
        RunningService.environmentOn(database.settings()).with("WEBHOOKS_RETRY_SCHEDULE", "1h");
    try (RunningService service = RunningService.start(environment);
        HttpsReceiver receiver = HttpsReceiver.answering(500, 200);
        Traffic traffic = Traffic.against(service);
        Database maintenanceDatabase = database.open()) {
      TestEndpoint endpoint = service.createCompany().subscribe(receiver.url(), "customer.created");
      endpoint.company().publishCustomerCreated(1);
      endpoint.awaitOnlyDelivery("retrying");
      DayJumpingClock dayClock = new DayJumpingClock(future, future);
      try (PartitionMaintenance maintenance = startMaintenance(maintenanceDatabase, dayClock)) {
        Await.until("the partition is dropped", dayClock::isIdleAtEnd, finished -> finished);
        assertThat(maintenance.deletedOpenDeliveries()).isEqualTo(1);
      }
      clock.setDaysAhead(DAYS_AHEAD);
      Await.until(
          "the node uses the shifted database clock",
          () -> clockSkewSeconds(service),
          skew -> skew < -MIN_SKEW_SECONDS);

      assertThat(endpoint.listDeliveries()).isEmpty();
      traffic.publish(EVENTS);
      traffic.assertThatNothingIsLost(0, report);
      assertThat(receiver.webhookCount()).as("attempts of the abandoned delivery").isEqualTo(1);
    }
  }

  /// Skew of the machine's clock against the database, as the node reports it.
  private static double clockSkewSeconds(RunningService service) {
    return service
        .api()
        .getFromRoot("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("webhooks_clock_skew_seconds "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  private static String publishWithKey(TestCompany company) {
    return company
        .api()
        .publish(
            company.eventJson(
                "customer.created", "{\"customerId\": 1, \"displayName\": \"Chris Bale\"}"),
            "Idempotency-Key",
            "yesterday-" + company.id())
        .expect(202)
        .path("events")
        .path(0)
        .path("id")
        .stringValue();
  }

  private static PartitionMaintenance startMaintenance(Database database, DayJumpingClock clock) {
    PartitionMaintenance maintenance =
        new PartitionMaintenance(
            database,
            RETENTION_DAYS,
            new Audit(new UuidV7Generator(clock, new SplittableRandom(1))),
            clock,
            Thread.ofVirtual().factory());
    maintenance.start();
    return maintenance;
  }
}
