package com.poolbrain.webhooks.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.e2e.support.RunningService;
import com.poolbrain.webhooks.e2e.support.ServiceLog;
import com.poolbrain.webhooks.e2e.support.Traffic;
import com.poolbrain.webhooks.store.TestFolders;
import com.poolbrain.webhooks.store.embedded.Postgres15;
import com.poolbrain.webhooks.testkit.service.ServiceClient;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import com.poolbrain.webhooks.testkit.service.ServiceProcess;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;

/// What an operator reads in the log when the database fails.
class OutageLogTest {

  private static final int EVENTS = 600;
  private static final int EVENTS_BEFORE_FAULT = 100;
  private static final int REFUSALS = 48;
  private static final int MAX_WARNINGS = 20;

  private final Path folder = TestFolders.createFolder();

  @AfterEach
  void deleteFolder() {
    TestFolders.delete(folder);
  }

  @Test
  void failover_of_the_database_writes_few_lines_and_counts_what_repeats(TestReporter report)
      throws Exception {
    try (Postgres15 postgres = Postgres15.start(folder);
        ServiceProcess service =
            ServiceProcess.serve(
                RunningService.environmentOn(postgres.settings()).withFewInFlight());
        ServiceClient api = service.api();
        Traffic traffic = Traffic.against(api, service::url)) {
      traffic.publish(EVENTS);
      traffic.awaitArrivals(EVENTS_BEFORE_FAULT);
      postgres.stop();
      traffic.awaitRejections(REFUSALS);
      postgres.restart();
      traffic.assertThatNothingIsLost(ServiceEnvironment.MAX_UNRECORDED_RESULTS, report);
      service.awaitOutput("The database is available again.");
      service.awaitOutput("more in 10 s");

      ServiceLog.of(service).assertFewWarnings(MAX_WARNINGS, report);
      assertThat(service.output())
          .filteredOn(line -> line.contains("The database is unavailable"))
          .isNotEmpty()
          .noneMatch(line -> line.contains("commit") || line.contains("storing"));
      assertThat(service.output())
          .as("the reason, not that of the connection pool")
          .anyMatch(line -> line.contains("answered 503") && line.contains("refused"));
    }
  }
}
