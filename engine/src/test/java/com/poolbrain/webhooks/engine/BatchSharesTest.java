package com.poolbrain.webhooks.engine;

import static java.util.Collections.nCopies;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.engine.GroupCommit.BatchLimits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How companies share batches of a hundred rows and a thousand bytes.
@Timeout(60)
final class BatchSharesTest {

  private static final Duration TOOK = Duration.ofNanos(1_000);
  private static final Parcel PLUG = new Parcel(0, 1, 0);

  private final List<List<Parcel>> batches = new ArrayList<>();
  private final CountDownLatch plugged = new CountDownLatch(1);
  private final CountDownLatch allThere = new CountDownLatch(1);
  private final HandClock clock = new HandClock(true);
  private int share = 100;
  private volatile CountDownLatch open = new CountDownLatch(0);

  @Test
  void manySmallEntriesKeepUpWithFewLargeOnes() throws InterruptedException {
    var large = new Parcel(1, 40, 0);
    var small = new Parcel(2, 2, 0);

    run(nCopies(10, large), nCopies(40, small));

    assertThat(batches.get(0)).containsOnlyOnce(large).hasSize(1 + 30);
    assertThat(batches.get(1)).contains(small).hasSize(2 + 10);
    assertThat(batches.get(2)).containsOnly(large);
  }

  @Test
  void whoGotNothingIsFirstInTheNextBatch() throws InterruptedException {
    var huge = new Parcel(1, 90, 0);
    var other = new Parcel(2, 20, 0);

    run(nCopies(8, other), List.of(huge));

    assertThat(batches.get(0)).isEqualTo(nCopies(5, other));
    assertThat(batches.get(1)).isEqualTo(List.of(huge));
    assertThat(batches.get(2)).isEqualTo(nCopies(3, other));
  }

  @Test
  void whatIsLargerThanABatchGoesAlone() throws InterruptedException {
    var tooManyRows = new Parcel(1, 500, 0);
    var tooManyBytes = new Parcel(2, 1, 5_000);

    run(List.of(tooManyRows), List.of(tooManyBytes));

    assertThat(batches).containsExactly(List.of(tooManyRows), List.of(tooManyBytes));
  }

  @Test
  void whoHadItsShareWaitsForTheNextBatchAndRestsBeforeIt() throws InterruptedException {
    share = 40;
    var much = new Parcel(1, 40, 0);
    var little = new Parcel(2, 1, 0);

    run(nCopies(3, much), List.of(little));

    assertThat(batches).containsExactly(List.of(much, little), List.of(much), List.of(much));
    assertThat(clock.waits)
        .containsExactly(TOOK.multipliedBy(9 * 40).dividedBy(41), TOOK.multipliedBy(9));
  }

  /// Commits entries that all wait at the same time.
  @SafeVarargs
  private void run(List<Parcel>... all) throws InterruptedException {
    var commit =
        new GroupCommit<Parcel>(
            new BatchLimits(100, 1_000, share),
            clock,
            Thread.ofVirtual().factory(),
            new GroupCommit.Work<>(this::note, (_, _) -> {}, new Turn()));
    commit.start();
    commit.add(PLUG);
    plugged.await();
    int count = 0;
    for (List<Parcel> entries : all) {
      entries.forEach(commit::add);
      count += entries.size();
    }
    open = new CountDownLatch(count);
    allThere.countDown();
    open.await();
    commit.close();
  }

  private void note(List<Parcel> batch) {
    if (batch.equals(List.of(PLUG))) {
      plugged.countDown();
      awaitAll();
    } else {
      batches.add(batch);
      clock.pass(TOOK);
      batch.forEach(_ -> open.countDown());
    }
  }

  private void awaitAll() {
    try {
      allThere.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
