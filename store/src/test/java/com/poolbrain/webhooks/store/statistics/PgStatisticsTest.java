package com.poolbrain.webhooks.store.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.UuidV7;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.domain.statistics.DeliveryCounts;
import com.poolbrain.webhooks.domain.statistics.DeliveryStatistics;
import com.poolbrain.webhooks.domain.statistics.DeliveryStatistics.Bucket;
import com.poolbrain.webhooks.domain.statistics.StatisticsWindow;
import com.poolbrain.webhooks.engine.ledger.AttemptResult.Sent;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.engine.statistics.CountKey;
import com.poolbrain.webhooks.engine.statistics.Counts;
import com.poolbrain.webhooks.engine.statistics.StatisticsRecorder;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.jdbc.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class PgStatisticsTest {

  private static final Instant NOW = Instant.parse("2026-02-13T06:42:24Z");
  private static final UUID ENDPOINT = new UUID(1, 1);
  private static final UUID NODE = new UUID(2, 1);
  private static final UUID OTHER_NODE = new UUID(2, 2);

  private final TestDatabase testDatabase;
  private final Database database;
  private final PgStatistics statistics;
  private final StatisticsReader reader;

  PgStatisticsTest(TestServer server) {
    testDatabase = server.createDatabase();
    database = testDatabase.open();
    statistics = new PgStatistics(database.apiTransactions(), Duration.ofDays(30));
    reader = new StatisticsReader(database.apiTransactions());
  }

  @AfterEach
  void close() {
    testDatabase.close();
  }

  /// A delivery of three items that was accepted then and delivered by its second attempt.
  private static Map<CountKey, Counts> delivered(Instant acceptedAt, int count) {
    StatisticsRecorder recorder = new StatisticsRecorder();
    for (int i = 0; i < count; i++) {
      UUID id = UuidV7.of(acceptedAt.toEpochMilli(), 0, i);
      Event event = new Event(id, 40, "customer.created", acceptedAt, 3, new byte[0]);
      Claim claim =
          new Claim(id, event, ENDPOINT, "customer.created", Trigger.AUTOMATIC, 1, 1, acceptedAt);
      Attempt attempt =
          new Attempt(
              id,
              Trigger.AUTOMATIC,
              acceptedAt,
              Duration.ofMillis(100),
              new Outcome.Delivered(new EndpointResponse(200, "")));
      recorder.onDeliveryRecorded(
          new DeliveryRecorded(
              new Sent(claim, attempt, new Verdict.Done()),
              new RecordedResult(
                  id, 2, DeliveryStatus.RETRYING, DeliveryStatus.DELIVERED, false, false)));
    }
    return recorder.take().counts();
  }

  private DeliveryStatistics read(StatisticsWindow window) {
    return reader.read(40, ENDPOINT, window, NOW);
  }

  private static long delivered(DeliveryStatistics statistics) {
    return statistics.buckets().stream().mapToLong(bucket -> bucket.counts().delivered()).sum();
  }

  @Test
  void counts_of_all_nodes_are_read_in_their_buckets() {
    statistics.add(NODE, 1, delivered(NOW, 2));
    statistics.add(NODE, 2, delivered(NOW, 1));
    statistics.add(OTHER_NODE, 1, delivered(NOW, 4));
    statistics.add(NODE, 3, delivered(NOW.minus(Duration.ofHours(1)), 1));

    DeliveryStatistics hour = read(StatisticsWindow.HOUR);
    assertThat(hour.from()).isEqualTo("2026-02-13T05:45:00Z");
    assertThat(hour.to()).isEqualTo("2026-02-13T06:45:00Z");
    assertThat(hour.buckets()).hasSize(12);
    var last = hour.buckets().getLast();
    assertThat(last.start()).isEqualTo("2026-02-13T06:40:00Z");
    assertThat(last.counts().delivered()).isEqualTo(7);
    assertThat(last.counts().afterRetry()).isEqualTo(7);
    assertThat(last.counts().items()).isEqualTo(21);
    assertThat(last.responseTimes().percentileMillis(0.5)).isBetween(91.0, 109.1);
    assertThat(hour.byResult()).isEqualTo(Map.of("200", 7L));
    assertThat(hour.byEvent()).isEqualTo(Map.of("customer.created", 7L));
    assertThat(hour.responseTimes().counts().values()).containsExactly(7L);

    assertThat(delivered(read(StatisticsWindow.DAY))).isEqualTo(8);
    assertThat(delivered(reader.read(40, null, StatisticsWindow.WEEK, NOW))).isEqualTo(8);
    assertThat(delivered(reader.read(41, null, StatisticsWindow.WEEK, NOW))).isZero();
    assertThat(delivered(reader.read(41, ENDPOINT, StatisticsWindow.WEEK, NOW))).isZero();
  }

  @Test
  void counts_by_endpoint_are_those_of_each_endpoint_of_the_company() {
    statistics.add(NODE, 1, delivered(NOW, 2));
    statistics.add(NODE, 2, delivered(NOW.minus(Duration.ofHours(2)), 1));
    statistics.add(OTHER_NODE, 1, delivered(NOW, 4));

    Map<UUID, List<DeliveryCounts>> counts = reader.readByEndpoint(40, StatisticsWindow.DAY, NOW);
    assertThat(counts).containsOnlyKeys(ENDPOINT);
    assertThat(counts.get(ENDPOINT))
        .isEqualTo(read(StatisticsWindow.DAY).buckets().stream().map(Bucket::counts).toList())
        .hasSize(24)
        .endsWith(
            new DeliveryCounts(1, 1, 0, 0, 0, 3),
            DeliveryCounts.NONE,
            new DeliveryCounts(6, 6, 0, 0, 0, 18));
    assertThat(reader.readByEndpoint(41, StatisticsWindow.DAY, NOW)).isEmpty();
  }

  @Test
  void batch_that_is_added_again_counts_once() {
    statistics.add(NODE, 1, delivered(NOW, 2));
    statistics.add(NODE, 1, delivered(NOW, 2));

    assertThat(delivered(read(StatisticsWindow.HOUR))).isEqualTo(2);
  }

  @Test
  void batch_of_any_size_is_added() {
    Map<CountKey, Counts> counts = new java.util.HashMap<>();
    for (int slot = 0; slot < 3_000; slot++) {
      counts.putAll(delivered(NOW.minus(Duration.ofMinutes(5L * slot)), 1));
    }
    statistics.add(NODE, 1, counts);

    assertThat(TestSql.queryLong(database, "select sum(delivered) from delivery_statistics"))
        .isEqualTo(3_000);
  }

  @Test
  void old_slots_are_folded_into_hours_with_equal_sums() {
    for (int minutes = 0; minutes < 60 * 24 * 5; minutes += 25) {
      statistics.add(
          minutes % 2 == 0 ? NODE : OTHER_NODE,
          minutes + 1,
          delivered(NOW.minus(Duration.ofMinutes(minutes)), 2));
    }
    DeliveryStatistics before = read(StatisticsWindow.WEEK);

    while (statistics.fold(NOW)) {}

    assertThat(read(StatisticsWindow.WEEK)).isEqualTo(before);
    assertThat(
            TestSql.queryLong(
                database,
                "select count(*) from delivery_statistics where slot < '2026-02-11 06:00Z'"
                    + " and (writer <> '00000000-0000-0000-0000-000000000000'"
                    + " or slot <> date_trunc('hour', slot, 'UTC'))"))
        .isZero();
    assertThat(
            TestSql.queryLong(
                database,
                "select count(*) from delivery_statistics where slot >= '2026-02-11 06:00Z'"
                    + " and writer = '00000000-0000-0000-0000-000000000000'"))
        .as("slots of the latest two days stay")
        .isZero();
  }

  @Test
  void outcome_that_changes_after_the_fold_is_folded_too() {
    Instant old = NOW.minus(Duration.ofDays(3));
    statistics.add(NODE, 1, delivered(old, 2));
    statistics.fold(NOW);
    statistics.add(NODE, 2, delivered(old, 1));
    assertThat(delivered(read(StatisticsWindow.WEEK))).isEqualTo(3);

    statistics.fold(NOW);

    assertThat(delivered(read(StatisticsWindow.WEEK))).isEqualTo(3);
    assertThat(read(StatisticsWindow.WEEK).responseTimes().counts().values()).containsExactly(3L);
    assertThat(TestSql.queryLong(database, "select count(*) from delivery_statistics"))
        .isEqualTo(2);
  }

  @Test
  void hours_are_deleted_after_the_longer_of_31_days_and_the_retention() {
    statistics.add(NODE, 1, delivered(NOW.minus(Duration.ofDays(31)), 1));
    statistics.add(NODE, 2, delivered(NOW.minus(Duration.ofDays(32)), 1));
    new PgStatistics(database.apiTransactions(), Duration.ofDays(90)).fold(NOW);
    assertThat(TestSql.queryLong(database, "select sum(delivered) from delivery_statistics"))
        .isEqualTo(2);

    statistics.fold(NOW);

    assertThat(TestSql.queryLong(database, "select sum(delivered) from delivery_statistics"))
        .isEqualTo(1);
  }

  @Test
  void nodes_add_and_fold_at_the_same_time_without_losing_counts() {
    Instant old = NOW.minus(Duration.ofDays(3));
    CompletableFuture<?>[] nodes =
        IntStream.range(0, 4)
            .mapToObj(node ->
                CompletableFuture.runAsync(() -> {
                  for (int batch = 1; batch <= 25; batch++) {
                    statistics.add(new UUID(3, node), batch, delivered(old, 1));
                    statistics.fold(NOW);
                  }
                }))
            .toArray(CompletableFuture<?>[]::new);
    CompletableFuture.allOf(nodes).join();

    assertThat(delivered(read(StatisticsWindow.WEEK))).isEqualTo(100);
  }
}
