package com.poolbrain.webhooks.engine.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.domain.statistics.EndpointActivity;
import com.poolbrain.webhooks.engine.Fixtures;
import com.poolbrain.webhooks.engine.ledger.AttemptResult.Sent;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped.SkippedDelivery;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.engine.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class StatisticsWriterTest {

  private static final UUID WRITER = Fixtures.id(77);

  private final StatisticsRecorder recorder = new StatisticsRecorder();
  private final MemoryStore store = new MemoryStore();
  private final ManualClock clock = ManualClock.startingAt(Fixtures.NOW);
  private final StatisticsWriter writer =
      new StatisticsWriter(recorder, store, WRITER, clock, Thread.ofPlatform().daemon().factory());

  /// A store that adds each batch once, and fails as it is told.
  private static final class MemoryStore implements StatisticsStore {

    private final Map<Long, Integer> skippedByBatch = new LinkedHashMap<>();
    private final Queue<RuntimeException> failures = new ArrayDeque<>();
    private final BlockingQueue<Instant> folds = new LinkedBlockingQueue<>();
    private final List<Map<UUID, EndpointActivity>> activities = new ArrayList<>();
    private Set<UUID> pendingDeliveries = Set.of();

    @Override
    public synchronized void add(UUID writer, long batch, Map<CountKey, Counts> counts) {
      RuntimeException failure = failures.poll();
      if (failure instanceof LedgerException.Unavailable) {
        throw failure;
      }
      skippedByBatch.put(batch, counts.values().stream().mapToInt(Counts::skipped).sum());
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    public synchronized Set<UUID> updateHealth(Map<UUID, EndpointActivity> activity, Instant now) {
      activities.add(Map.copyOf(activity));
      return pendingDeliveries;
    }

    @Override
    public boolean fold(Instant now) {
      folds.add(now);
      return false;
    }

    synchronized int skipped() {
      return skippedByBatch.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  private void skip(int count) {
    for (int i = 0; i < count; i++) {
      recorder.onDeliveriesSkipped(
          new DeliveriesSkipped(
              40,
              Fixtures.id(1),
              SkipReason.WEBHOOKS_OFF,
              List.of(new SkippedDelivery(Fixtures.id(i), "customer.created"))));
    }
  }

  @Test
  void counts_wait_for_a_database_that_is_away_and_are_added_once() throws Exception {
    store.failures.add(new LedgerException.Unavailable("away"));
    store.failures.add(new LedgerException.CommitUnknown("lost"));
    skip(2);
    writer.start();
    clock.awaitWaiter(Duration.ofSeconds(5));
    assertThat(store.skipped()).isZero();

    skip(3);
    clock.advance(Duration.ofSeconds(5));
    clock.awaitWaiter(Duration.ofSeconds(10));
    writer.close();

    assertThat(store.skippedByBatch.values()).containsExactly(2, 3);
  }

  @Test
  void closing_writes_what_was_counted_since_the_last_write() throws Exception {
    writer.start();
    clock.awaitWaiter(Duration.ofSeconds(5));
    skip(4);
    writer.close();

    assertThat(store.skipped()).isEqualTo(4);
  }

  @Test
  void last_delivery_that_was_not_stored_is_told_again() throws Exception {
    Endpoint endpoint = Fixtures.endpoint(1, 40, "customer.created");
    store.pendingDeliveries = Set.of(endpoint.id());
    Attempt attempt =
        new Attempt(
            Fixtures.id(7),
            Trigger.AUTOMATIC,
            Fixtures.NOW,
            Duration.ofMillis(70),
            new Outcome.Delivered(new EndpointResponse(200, "")));
    recorder.onDeliveryRecorded(
        new DeliveryRecorded(
            new Sent(Fixtures.claim(7, endpoint), attempt, new Verdict.Done()),
            new RecordedResult(
                Fixtures.id(7),
                1,
                DeliveryStatus.PENDING,
                DeliveryStatus.DELIVERED,
                false,
                false)));
    writer.start();
    clock.awaitWaiter(Duration.ofSeconds(5));
    store.pendingDeliveries = Set.of();
    writer.close();

    assertThat(store.activities).hasSize(2).allMatch(told -> told.containsKey(endpoint.id()));
  }

  @Test
  void slots_are_folded_at_the_start() throws Exception {
    writer.start();
    assertThat(store.folds.take()).isEqualTo(Fixtures.NOW);
    writer.close();
  }
}
