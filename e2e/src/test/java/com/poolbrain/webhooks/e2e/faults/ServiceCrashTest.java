package com.poolbrain.webhooks.e2e.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.store.TestFolders;
import com.poolbrain.webhooks.testkit.crash.CrashPlan;
import com.poolbrain.webhooks.testkit.crash.CrashReport;
import com.poolbrain.webhooks.testkit.crash.CrashTestRun;
import com.poolbrain.webhooks.testkit.service.ServiceEnvironment;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The service is killed repeatedly at work, and loses no accepted event.
class ServiceCrashTest {

  private static final int ROUNDS = 3;

  private final Path folder = TestFolders.createFolder();

  @AfterEach
  void deleteFolder() {
    TestFolders.delete(folder);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = 20_260_213)
  void every_accepted_event_is_delivered_although_the_service_is_killed_repeatedly(
      long seed, TestReporter report) throws Exception {
    CrashPlan plan = CrashPlan.of(ROUNDS, seed);
    try (CrashTestRun rounds = new CrashTestRun(folder, plan)) {
      CrashReport result = rounds.run(round -> report.publishEntry("killed", round.toString()));
      report.publishEntry("count", result.auditCounts().toString());

      assertThat(result.auditCounts().accepted()).isEqualTo(ROUNDS * plan.eventsPerRound());
      assertThat(result.auditCounts().lost()).isZero();
      assertThat(result.violations().mismatches()).isEmpty();
      assertThat(result.violations().unexpectedAnswers()).isEmpty();
      assertThat(result.violations().hasUndelivered()).isFalse();
      assertThat(result.auditCounts().unexplainedDuplicates())
          .as("duplicates without a kill")
          .isZero();
      assertThat(result.auditCounts().maxDuplicatesPerFault())
          .as("duplicates after one kill")
          .isLessThanOrEqualTo(ServiceEnvironment.MAX_UNRECORDED_RESULTS);
    }
  }
}
