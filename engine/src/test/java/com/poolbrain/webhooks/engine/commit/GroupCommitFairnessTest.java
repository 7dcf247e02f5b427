package com.poolbrain.webhooks.engine.commit;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.engine.commit.GroupCommit.BatchLimits;
import com.poolbrain.webhooks.engine.testing.ManualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How companies share batches of a hundred rows and a thousand bytes.
@Timeout(60)
final class GroupCommitFairnessTest {

  private static final Duration BATCH_TIME = Duration.ofNanos(1_000);
  private static final TestEntry BLOCKING_ENTRY = new TestEntry(0, 1, 0);

  private final List<List<TestEntry>> batches = new ArrayList<>();
  private final CountDownLatch firstBatchStarted = new CountDownLatch(1);
  private final CountDownLatch allAdded = new CountDownLatch(1);
  private final ManualClock clock = ManualClock.advancedByWaits();
  private int companyShare = 100;
  private volatile CountDownLatch uncommitted = new CountDownLatch(0);

  @Test
  void companies_share_a_batch_by_rows_not_by_entries() throws InterruptedException {
    var large = new TestEntry(1, 40, 0);
    var small = new TestEntry(2, 2, 0);

    run(nCopies(10, large), nCopies(40, small));

    assertThat(batches.get(0)).containsOnlyOnce(large).hasSize(1 + 30);
    assertThat(batches.get(1)).contains(small).hasSize(2 + 10);
    assertThat(batches.get(2)).containsOnly(large);
  }

  @Test
  void company_left_out_of_a_batch_is_first_in_the_next() throws InterruptedException {
    var huge = new TestEntry(1, 90, 0);
    var other = new TestEntry(2, 20, 0);

    run(nCopies(8, other), List.of(huge));

    assertThat(batches.get(0)).isEqualTo(nCopies(5, other));
    assertThat(batches.get(1)).isEqualTo(List.of(huge));
    assertThat(batches.get(2)).isEqualTo(nCopies(3, other));
  }

  @Test
  void entry_larger_than_a_batch_is_committed_alone() throws InterruptedException {
    var tooManyRows = new TestEntry(1, 500, 0);
    var tooManyBytes = new TestEntry(2, 1, 5_000);

    run(List.of(tooManyRows), List.of(tooManyBytes));

    assertThat(batches).containsExactly(List.of(tooManyRows), List.of(tooManyBytes));
  }

  @Test
  void company_that_filled_its_share_cools_down_before_its_next_batch()
      throws InterruptedException {
    companyShare = 40;
    var fullShare = new TestEntry(1, 40, 0);
    var single = new TestEntry(2, 1, 0);

    run(nCopies(3, fullShare), List.of(single));

    assertThat(batches)
        .containsExactly(List.of(fullShare, single), List.of(fullShare), List.of(fullShare));
    assertThat(clock.waits())
        .containsExactly(BATCH_TIME.multipliedBy(9 * 40).dividedBy(41), BATCH_TIME.multipliedBy(9));
  }

  /// Commits entries that all wait at the same time.
  @SafeVarargs
  private void run(List<TestEntry>... all) throws InterruptedException {
    var commit =
        new GroupCommit<TestEntry>(
            new BatchLimits(100, 1_000, companyShare),
            clock,
            Thread.ofVirtual().factory(),
            new ReentrantLock(true),
            new RecordingHandler(this::recordBatch));
    commit.start();
    commit.add(BLOCKING_ENTRY);
    firstBatchStarted.await();
    int count = 0;
    for (List<TestEntry> entries : all) {
      entries.forEach(commit::add);
      count += entries.size();
    }
    uncommitted = new CountDownLatch(count);
    allAdded.countDown();
    uncommitted.await();
    commit.close();
  }

  private void recordBatch(List<TestEntry> batch) {
    if (batch.equals(List.of(BLOCKING_ENTRY))) {
      firstBatchStarted.countDown();
      awaitAllAdded();
    } else {
      batches.add(batch);
      clock.advance(BATCH_TIME);
      batch.forEach(_ -> uncommitted.countDown());
    }
  }

  private void awaitAllAdded() {
    try {
      allAdded.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
