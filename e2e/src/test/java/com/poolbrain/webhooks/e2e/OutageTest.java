package com.poolbrain.webhooks.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.house.DatabaseProcess;
import com.poolbrain.webhooks.e2e.house.House;
import com.poolbrain.webhooks.e2e.house.Patience;
import com.poolbrain.webhooks.e2e.house.Setup;
import com.poolbrain.webhooks.e2e.house.Sql;
import com.poolbrain.webhooks.e2e.house.Traffic;
import com.poolbrain.webhooks.store.TestFolders;
import com.poolbrain.webhooks.store.embedded.DebianPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// The database goes away during traffic and comes back.
class OutageTest {

  private static final int EVENTS = 600;
  private static final int MIDDLE = 100;
  private static final int ENOUGH_REFUSALS = 16;
  private static final int CUTS = 15;

  private final Path folder = TestFolders.fresh();

  @AfterEach
  void tidyUp() {
    TestFolders.delete(folder);
  }

  @Test
  void whileItIsStoppedPublishersGet503AndAfterwardsNothingIsLost(TestReporter report)
      throws Exception {
    try (DebianPostgres postgres = DebianPostgres.start(folder);
        House house = House.open(Setup.on(postgres.settings()).fewInFlight());
        Traffic traffic = during(house)) {
      postgres.stop();
      traffic.awaitRefusals(ENOUGH_REFUSALS);
      Patience.until("it is not ready", () -> ready(house), status -> status == 503);
      assertThat(house.api().outside("/health/live").status()).isEqualTo(200);
      postgres.startAgain();

      assertThatNothingIsLost(traffic, house, 1, report);
      Patience.until("it is ready", () -> ready(house), status -> status == 200);
    }
  }

  @Test
  void whileItIsFrozenPublishersGet503AndAfterwardsNothingIsLost(TestReporter report)
      throws Exception {
    try (DebianPostgres postgres = DebianPostgres.start(folder);
        House house = House.open(Setup.on(postgres.settings()).fewInFlight());
        Traffic traffic = during(house)) {
      try (DatabaseProcess.Frozen _ = DatabaseProcess.in(folder).freeze()) {
        traffic.awaitRefusals(ENOUGH_REFUSALS);
      }

      assertThatNothingIsLost(traffic, house, 1, report);
    }
  }

  @Test
  void anEmbeddedOneThatIsKilledIsStartedAgain(TestReporter report) throws Exception {
    try (House house = House.open(Setup.in(folder));
        Traffic traffic = during(house)) {
      DatabaseProcess.in(folder).postmaster().destroyForcibly();

      assertThatNothingIsLost(traffic, house, 1, report);
    }
  }

  @Test
  void oneThatIsKilledWithAllItsProcessesRecoversAndNothingIsLost(TestReporter report)
      throws Exception {
    try (DebianPostgres postgres = DebianPostgres.start(folder, "fsync=on");
        House house = House.open(Setup.on(postgres.settings()).fewInFlight());
        Traffic traffic = during(house)) {
      for (int kill = 1; kill <= 2; kill++) {
        DatabaseProcess.in(folder).kill();
        traffic.awaitRefusals(kill * ENOUGH_REFUSALS);
        postgres.startAgain();
        int before = traffic.books().arrivals();
        traffic.publish(EVENTS);
        traffic.awaitArrivals(before + MIDDLE);
      }

      assertThatNothingIsLost(traffic, house, 2, report);
    }
  }

  @Test
  void oneProcessOfItThatIsKilledTakesAllDownAndNothingIsLost(TestReporter report)
      throws Exception {
    try (DebianPostgres postgres = DebianPostgres.start(folder, "fsync=on");
        House house = House.open(Setup.on(postgres.settings()).fewInFlight());
        Traffic traffic = during(house)) {
      Sql sql = new Sql(postgres.settings());
      long pid =
          sql.number(
              "select pid from pg_stat_activity where application_name like '%ledger' limit 1");
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();

      assertThatNothingIsLost(traffic, house, 1, report);
    }
  }

  @Test
  void allItsConnectionsAreEndedAgainAndAgainAndNothingIsLost(TestReporter report)
      throws Exception {
    try (DebianPostgres postgres = DebianPostgres.start(folder, "fsync=on");
        House house = House.open(Setup.on(postgres.settings()).fewInFlight());
        Traffic traffic = during(house)) {
      Sql sql = new Sql(postgres.settings());
      for (int cut = 0; cut < CUTS; cut++) {
        int before = traffic.books().arrivals();
        traffic.publish(MIDDLE);
        sql.run(
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where application_name like 'poolbrain-webhooks%'");
        traffic.awaitArrivals(before + 1);
      }

      assertThatNothingIsLost(traffic, house, CUTS, report);
    }
  }

  /// Traffic of which some has arrived and some has still to.
  private static Traffic during(House house) {
    Traffic traffic = Traffic.through(house);
    traffic.publish(EVENTS);
    traffic.awaitArrivals(MIDDLE);
    return traffic;
  }

  private static void assertThatNothingIsLost(
      Traffic traffic, House house, int faults, TestReporter report) {
    traffic.assertThatNothingIsLost(faults * Setup.UNRECORDED, report);
    traffic.assertThatAllIsOnRecord(house.api());
    assertThat(traffic.publishers().unanswered()).isZero();
  }

  private static int ready(House house) {
    return house.api().outside("/health/ready").status();
  }
}
