package com.poolbrain.webhooks.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.AdminSql;
import com.poolbrain.webhooks.e2e.support.PostgresProcesses;
import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.e2e.support.Traffic;
import com.poolbrain.webhooks.store.TestFolders;
import com.poolbrain.webhooks.store.embedded.Postgres15;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// The database fails under load and recovers.
class DatabaseOutageTest {

  private static final int EVENTS = 600;
  private static final int EVENTS_BEFORE_FAULT = 100;
  private static final int MIN_REFUSALS = 16;
  private static final int CONNECTION_CUTS = 15;

  private final Path folder = TestFolders.createFolder();

  @AfterEach
  void deleteFolder() {
    TestFolders.delete(folder);
  }

  @Test
  void stopped_database_refuses_publishes_with_503_and_loses_nothing(TestReporter report)
      throws Exception {
    try (Postgres15 postgres = Postgres15.start(folder);
        RunningService service =
            RunningService.start(
                RunningService.environmentOn(postgres.settings()).withFewInFlight());
        Traffic traffic = startTraffic(service)) {
      postgres.stop();
      traffic.awaitRejections(MIN_REFUSALS);
      Await.until(
          "the service is not ready", () -> readinessStatus(service), status -> status == 503);
      assertThat(service.api().getFromRoot("/health/live").status()).isEqualTo(200);
      postgres.restart();

      assertThatNothingIsLost(traffic, service, 1, report);
      Await.until("the service is ready", () -> readinessStatus(service), status -> status == 200);
    }
  }

  @Test
  void suspended_database_refuses_publishes_with_503_and_loses_nothing(TestReporter report)
      throws Exception {
    try (Postgres15 postgres = Postgres15.start(folder);
        RunningService service =
            RunningService.start(
                RunningService.environmentOn(postgres.settings()).withFewInFlight());
        Traffic traffic = startTraffic(service)) {
      try (PostgresProcesses.Suspension _ = PostgresProcesses.inFolder(folder).suspend()) {
        traffic.awaitRejections(MIN_REFUSALS);
      }

      assertThatNothingIsLost(traffic, service, 1, report);
    }
  }

  @Test
  void killed_embedded_database_is_restarted(TestReporter report) throws Exception {
    try (RunningService service =
            RunningService.start(ServiceEnvironment.withEmbeddedDatabase(folder));
        Traffic traffic = startTraffic(service)) {
      PostgresProcesses.inFolder(folder).postmaster().destroyForcibly();

      assertThatNothingIsLost(traffic, service, 1, report);
    }
  }

  @Test
  void database_killed_with_all_its_processes_recovers_and_loses_nothing(TestReporter report)
      throws Exception {
    try (Postgres15 postgres = Postgres15.start(folder, "fsync=on");
        RunningService service =
            RunningService.start(
                RunningService.environmentOn(postgres.settings()).withFewInFlight());
        Traffic traffic = startTraffic(service)) {
      for (int kill = 1; kill <= 2; kill++) {
        PostgresProcesses.inFolder(folder).kill();
        traffic.awaitRejections(kill * MIN_REFUSALS);
        postgres.restart();
        int arrivalsBefore = traffic.audit().arrivalCount();
        traffic.publish(EVENTS);
        traffic.awaitArrivals(arrivalsBefore + EVENTS_BEFORE_FAULT);
      }

      assertThatNothingIsLost(traffic, service, 2, report);
    }
  }

  @Test
  void killed_database_backend_process_loses_nothing(TestReporter report) throws Exception {
    try (Postgres15 postgres = Postgres15.start(folder, "fsync=on");
        RunningService service =
            RunningService.start(
                RunningService.environmentOn(postgres.settings()).withFewInFlight());
        Traffic traffic = startTraffic(service)) {
      AdminSql sql = new AdminSql(postgres.settings());
      long pid =
          sql.queryNumber(
              "select pid from pg_stat_activity where application_name like '%ledger' limit 1");
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();

      assertThatNothingIsLost(traffic, service, 1, report);
    }
  }

  @Test
  void repeatedly_terminated_connections_lose_nothing(TestReporter report) throws Exception {
    try (Postgres15 postgres = Postgres15.start(folder, "fsync=on");
        RunningService service =
            RunningService.start(
                RunningService.environmentOn(postgres.settings()).withFewInFlight());
        Traffic traffic = startTraffic(service)) {
      AdminSql sql = new AdminSql(postgres.settings());
      for (int cut = 0; cut < CONNECTION_CUTS; cut++) {
        int arrivalsBefore = traffic.audit().arrivalCount();
        traffic.publish(EVENTS_BEFORE_FAULT);
        sql.execute(
            "select pg_terminate_backend(pid) from pg_stat_activity"
                + " where application_name like 'poolbrain-webhooks%'");
        traffic.awaitArrivals(arrivalsBefore + 1);
      }

      assertThatNothingIsLost(traffic, service, CONNECTION_CUTS, report);
    }
  }

  /// Load of which a part has arrived.
  private static Traffic startTraffic(RunningService service) {
    Traffic traffic = Traffic.against(service);
    traffic.publish(EVENTS);
    traffic.awaitArrivals(EVENTS_BEFORE_FAULT);
    return traffic;
  }

  private static void assertThatNothingIsLost(
      Traffic traffic, RunningService service, int faults, TestReporter report) {
    traffic.assertThatNothingIsLost(faults * ServiceEnvironment.MAX_UNRECORDED_RESULTS, report);
    traffic.assertThatAllIsRecorded(service.api());
    assertThat(traffic.publishers().unansweredCount()).isZero();
  }

  private static int readinessStatus(RunningService service) {
    return service.api().getFromRoot("/health/ready").status();
  }
}
