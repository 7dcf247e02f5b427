package com.poolbrain.webhooks.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.bench.crash.CrashPlan;
import com.poolbrain.webhooks.bench.crash.CrashReport;
import com.poolbrain.webhooks.bench.crash.CrashRounds;
import com.poolbrain.webhooks.store.TestFolders;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The service is killed again and again in the middle of its work, and loses nothing of what it
/// has promised.
class CrashTest {

  private static final int ROUNDS = 3;

  private final Path folder = TestFolders.fresh();

  @AfterEach
  void tidyUp() {
    TestFolders.delete(folder);
  }

  @ParameterizedTest(name = "every event that got a 202 arrives, seed {0}")
  @ValueSource(longs = 20_260_213)
  void everyEventThatGotA202ArrivesAlthoughTheServiceIsKilledAgainAndAgain(
      long seed, TestReporter report) throws Exception {
    CrashPlan plan = CrashPlan.of(ROUNDS, seed);
    try (CrashRounds rounds = new CrashRounds(folder, plan)) {
      CrashReport told = rounds.run(round -> report.publishEntry("killed", round.toString()));
      report.publishEntry("count", told.count().toString());

      assertThat(told.count().accepted()).isEqualTo(ROUNDS * plan.events());
      assertThat(told.count().lost()).isZero();
      assertThat(told.findings().wrongs()).isEmpty();
      assertThat(told.findings().surprises()).isEmpty();
      assertThat(told.findings().undone()).isFalse();
      assertThat(told.count().unexplained()).as("came twice without a kill").isZero();
      assertThat(told.count().mostAtOnce())
          .as("what was sent and not on record when it was killed")
          .isLessThanOrEqualTo(CrashRounds.MOST_UNRECORDED);
    }
  }
}
