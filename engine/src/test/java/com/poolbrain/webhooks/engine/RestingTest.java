package com.poolbrain.webhooks.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.engine.GroupCommit.BatchLimits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What happens while a company rests whose rest does not end by itself.
@Timeout(60)
final class RestingTest {

  private static final Parcel MUCH = new Parcel(1, 40, 0);
  private static final Parcel LITTLE = new Parcel(2, 1, 0);

  private final BlockingQueue<List<Parcel>> batches = new LinkedBlockingQueue<>();
  private final HandClock clock = new HandClock(false);
  private final GroupCommit<Parcel> commit =
      new GroupCommit<>(
          new BatchLimits(100, 1_000, 40),
          clock,
          Thread.ofVirtual().factory(),
          new GroupCommit.Work<>(this::note, (_, _) -> {}, new Turn()));

  private void note(List<Parcel> batch) {
    clock.pass(Duration.ofNanos(1_000));
    batches.add(batch);
  }

  @BeforeEach
  void makeOneRest() throws InterruptedException {
    commit.start();
    commit.add(LITTLE);
    assertThat(batches.take()).containsExactly(LITTLE);
    commit.add(MUCH);
    assertThat(batches.take()).containsExactly(MUCH);
    commit.add(MUCH);
    while (clock.waits.isEmpty()) {
      Thread.onSpinWait();
    }
  }

  @AfterEach
  void close() {
    commit.close();
  }

  @Test
  void othersDoNotWaitForIt() throws InterruptedException {
    commit.add(LITTLE);

    assertThat(batches.take()).containsExactly(LITTLE);
  }

  @Test
  void itGoesOnWhenItHasRested() throws InterruptedException {
    clock.pass(Duration.ofNanos(9_000));
    commit.add(LITTLE);

    assertThat(batches.take()).containsExactlyInAnyOrder(MUCH, LITTLE);
  }

  @Test
  void closingEndsIt() throws InterruptedException {
    commit.add(MUCH);
    commit.close();

    assertThat(batches.take()).containsExactly(MUCH, MUCH);
  }
}
