package com.poolbrain.webhooks.e2e.faults;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.e2e.support.ServiceLog;
import com.poolbrain.webhooks.e2e.support.SmallDisk;
import com.poolbrain.webhooks.e2e.support.Traffic;
import com.poolbrain.webhooks.store.TestFolders;
import com.poolbrain.webhooks.store.embedded.Postgres15;
import com.poolbrain.webhooks.testkit.service.ApiResponse;
import com.poolbrain.webhooks.testkit.service.Await;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// The disk of the database is full.
@Tag("needs-programs")
class FullDiskTest {

  private static final int MEGABYTES = 140;
  private static final int EVENTS = 600;
  private static final int EVENTS_BEFORE_FAULT = 100;
  private static final int MIN_REFUSALS = 16;
  private static final int MAX_WARNINGS = 30;

  private final Path folder = TestFolders.createFolder();

  @AfterEach
  void deleteFolder() {
    TestFolders.delete(folder);
  }

  @Test
  void full_disk_refuses_publishes_is_reported_and_loses_nothing(TestReporter report)
      throws Exception {
    try (SmallDisk disk = SmallDisk.mount(folder, MEGABYTES);
        Postgres15 postgres = Postgres15.start(folder, "max_wal_size=32MB", "min_wal_size=32MB");
        ServiceProcess service =
            ServiceProcess.serve(
                RunningService.environmentOn(postgres.settings()).withFewInFlight());
        ServiceClient api = service.api();
        Traffic traffic = Traffic.against(api, service::url)) {
      traffic.publish(EVENTS);
      traffic.awaitArrivals(EVENTS_BEFORE_FAULT);
      traffic.awaitRejections(MIN_REFUSALS, disk::fill);
      Await.until(
          "the service is not ready for writes",
          () -> fillAndGetReadiness(disk, api),
          response ->
              response.status() == 503
                  && response.json().at("/checks/writes").asString().equals("down"));
      service.awaitOutput("more in 10 s");
      disk.freeSpace();
      Await.until(
          "all events are accepted",
          () -> restartIfEndedAndCountPending(postgres, traffic),
          left -> left == 0);

      traffic.assertThatNothingIsLost(ServiceEnvironment.MAX_UNRECORDED_RESULTS, report);
      traffic.assertThatAllIsRecorded(api);
      Await.until(
          "the service is ready",
          () -> api.getFromRoot("/health/ready").status(),
          status -> status == 200);
      ServiceLog.of(service).assertFewWarnings(MAX_WARNINGS, report);
    }
  }

  private static ApiResponse fillAndGetReadiness(SmallDisk disk, ServiceClient api) {
    disk.fill();
    return api.getFromRoot("/health/ready");
  }

  /// PostgreSQL ends when it cannot write its WAL, possibly shortly after space was freed. Its
  /// operator restarts it.
  private static int restartIfEndedAndCountPending(Postgres15 postgres, Traffic traffic) {
    try {
      if (postgres.hasEnded()) {
        postgres.restart();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return traffic.publishers().remaining();
  }
}
