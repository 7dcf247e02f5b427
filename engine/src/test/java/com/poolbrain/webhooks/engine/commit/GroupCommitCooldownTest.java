package com.poolbrain.webhooks.engine.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.poolbrain.webhooks.engine.commit.GroupCommit.BatchLimits;
import com.poolbrain.webhooks.engine.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Commits while a company cools down, by a clock that does not advance by itself.
@Timeout(60)
final class GroupCommitCooldownTest {

  private static final TestEntry FULL_SHARE = new TestEntry(1, 40, 0);
  private static final TestEntry SINGLE_ROW = new TestEntry(2, 1, 0);

  private final BlockingQueue<List<TestEntry>> batches = new LinkedBlockingQueue<>();
  private final ManualClock clock = ManualClock.startingAt(Instant.EPOCH);
  private final GroupCommit<TestEntry> groupCommit =
      new GroupCommit<>(
          new BatchLimits(100, 1_000, 40),
          clock,
          Thread.ofVirtual().factory(),
          new ReentrantLock(true),
          new RecordingHandler(this::recordBatch));

  private void recordBatch(List<TestEntry> batch) {
    clock.advance(Duration.ofNanos(1_000));
    batches.add(batch);
  }

  @BeforeEach
  void startCooldown() throws InterruptedException {
    groupCommit.start();
    groupCommit.add(SINGLE_ROW);
    assertThat(batches.take()).containsExactly(SINGLE_ROW);
    groupCommit.add(FULL_SHARE);
    assertThat(batches.take()).containsExactly(FULL_SHARE);
    groupCommit.add(FULL_SHARE);
    await().until(() -> !clock.waits().isEmpty());
  }

  @AfterEach
  void close() {
    groupCommit.close();
  }

  @Test
  void other_companies_commit_during_a_cooldown() throws InterruptedException {
    groupCommit.add(SINGLE_ROW);

    assertThat(batches.take()).containsExactly(SINGLE_ROW);
  }

  @Test
  void company_commits_again_after_its_cooldown() throws InterruptedException {
    clock.advance(Duration.ofNanos(9_000));
    groupCommit.add(SINGLE_ROW);

    assertThat(batches.take()).containsExactlyInAnyOrder(FULL_SHARE, SINGLE_ROW);
  }

  @Test
  void close_ends_a_cooldown() throws InterruptedException {
    groupCommit.add(FULL_SHARE);
    groupCommit.close();

    assertThat(batches.take()).containsExactly(FULL_SHARE, FULL_SHARE);
  }
}
