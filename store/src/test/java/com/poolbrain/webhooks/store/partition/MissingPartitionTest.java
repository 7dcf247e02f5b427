package com.poolbrain.webhooks.store.partition;

import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.planOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.engine.ledger.CancelResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.engine.ledger.StoreResult;
import com.poolbrain.webhooks.engine.ledger.StoredResponse;
import com.poolbrain.webhooks.engine.testing.ManualClock;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.audit.Audit;
import com.poolbrain.webhooks.store.ledger.PgLedgerHarness;
import com.poolbrain.webhooks.testkit.ledger.LedgerFixture;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// A missing partition is created as soon as a row is rejected for it.
@ParameterizedClass
@EnumSource(TestServer.class)
@Timeout(120)
@Tag("slow")
class MissingPartitionTest {

  private static final int RETENTION = 30;
  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration HALF_AN_HOUR = Duration.ofMinutes(30);

  private final PgLedgerHarness database;
  private final ManualClock clock;
  private final LocalDate today;
  private final PartitionMaintenance partitionMaintenance;
  private LedgerFixture ledgerFixture;
  private UUID node;
  private UUID endpoint;

  MissingPartitionTest(TestServer server) {
    database = new PgLedgerHarness(server);
    today = LocalDate.ofInstant(database.database().now(), ZoneOffset.UTC);
    clock = ManualClock.startingAt(today.atTime(LocalTime.NOON).toInstant(ZoneOffset.UTC));
    partitionMaintenance =
        new PartitionMaintenance(
            database.database(),
            RETENTION,
            new Audit(UUID::randomUUID), // nothing expires here
            clock,
            Thread.ofVirtual().factory());
  }

  @BeforeEach
  void setUp() throws InterruptedException {
    ledgerFixture = new LedgerFixture(database, 1);
    node = ledgerFixture.registerNode();
    endpoint = ledgerFixture.configureSingleEndpoint();
    partitionMaintenance.start();
    clock.awaitWaiter(HALF_AN_HOUR);
  }

  @AfterEach
  void tearDown() {
    partitionMaintenance.close();
    database.dropDatabase();
  }

  @Test
  void publish_succeeds_once_the_missing_event_partition_is_created() throws Exception {
    dropPartitionsOf("event");

    assertThat(retryOncePartitionExists(() -> store(ledgerFixture.unownedDelivery(endpoint))))
        .isEqualTo(StoreResult.STORED);
  }

  @Test
  void publish_with_a_key_succeeds_once_the_missing_idempotency_partition_is_created()
      throws Exception {
    dropPartitionsOf("idempotency");
    Plan plan = planOf(ledgerFixture.unownedDelivery(endpoint));
    StoredResponse response = new StoredResponse(new byte[] {1}, List.of());
    Plan keyed =
        new Plan(
            plan.events(), plan.deliveries(), Map.of(new IdempotencyKey("key:1", "k"), response));

    assertThat(
            retryOncePartitionExists(
                () -> database.ledger().store(node, ledgerFixture.configVersion(), List.of(keyed))))
        .isEqualTo(StoreResult.STORED);
  }

  @Test
  void a_first_attempt_is_recorded_once_the_missing_delivery_partition_is_created()
      throws Exception {
    Claim claim = ledgerFixture.storeOwned(node, endpoint);
    dropPartitionsOf("delivery");

    assertThat(
            retryOncePartitionExists(
                () -> ledgerFixture.recordResult(node, ledgerFixture.success(claim))))
        .isEqualTo(
            new RecordedResult(
                claim.id(), 1, DeliveryStatus.PENDING, DeliveryStatus.DELIVERED, false, false));
  }

  @Test
  void a_later_attempt_is_recorded_once_the_missing_attempt_partition_is_created()
      throws Exception {
    Claim claim = ledgerFixture.storeOwned(node, endpoint);
    dropPartitionsOf("attempt");

    assertThat(
            retryOncePartitionExists(() ->
                ledgerFixture.recordResult(
                    node, ledgerFixture.failureWithRetry(claim, ledgerFixture.farFuture()))))
        .isEqualTo(
            new RecordedResult(
                claim.id(), 1, DeliveryStatus.PENDING, DeliveryStatus.RETRYING, false, false));
  }

  @Test
  void a_cancellation_is_recorded_once_the_missing_delivery_partition_is_created()
      throws Exception {
    NewDelivery waiting = ledgerFixture.storeUnowned(node, endpoint);
    dropPartitionsOf("delivery");

    assertThat(
            retryOncePartitionExists(
                () -> database.ledger().cancel(LedgerFixture.COMPANY, waiting.id()).result()))
        .isEqualTo(CancelResult.CANCELLED);
  }

  @Test
  void a_missing_partition_within_the_retention_is_created() throws Exception {
    retryOncePartitionExists(() -> insertRef(today.minusDays(RETENTION)));
  }

  @Test
  void rows_before_the_retention_or_far_ahead_are_rejected() {
    assertThatExceptionOfType(LedgerException.Rejected.class)
        .isThrownBy(() -> insertRef(today.minusDays(RETENTION + 1)));
    assertThatExceptionOfType(LedgerException.Rejected.class)
        .isThrownBy(() -> insertRef(today.plusDays(8)));
  }

  @Test
  void maintenance_passes_start_at_most_once_a_second() throws Exception {
    dropPartitionsOf("event");
    for (int i = 0; i < 20; i++) {
      assertUnavailable(() -> store(ledgerFixture.unownedDelivery(endpoint)));
    }
    clock.awaitWaiter(SECOND);

    assertUnavailable(() -> store(ledgerFixture.unownedDelivery(endpoint)));
    awaitPartition(() -> store(ledgerFixture.unownedDelivery(endpoint)));
  }

  /// The first call fails. A later call succeeds after a second, half an hour before the next
  /// regular pass.
  private <T> T retryOncePartitionExists(Supplier<T> work) throws InterruptedException {
    assertUnavailable(work);
    return awaitPartition(work);
  }

  private static void assertUnavailable(Supplier<?> work) {
    assertThatExceptionOfType(LedgerException.Unavailable.class)
        .isThrownBy(work::get)
        .withMessageContaining("the database has no partition");
  }

  private <T> T awaitPartition(Supplier<T> work) throws InterruptedException {
    while (true) {
      clock.advanceOnceAwaited(SECOND);
      try {
        return work.get();
      } catch (LedgerException.Unavailable _) {
        // The pass is still running, or has failed and is repeated.
      }
    }
  }

  private StoreResult store(NewDelivery delivery) {
    return database.ledger().store(node, ledgerFixture.configVersion(), List.of(planOf(delivery)));
  }

  private boolean insertRef(LocalDate day) {
    return database
        .database()
        .ledgerTransactions()
        .autoCommit(c ->
            TestSql.execute(
                c,
                "insert into event_ref (company_id, ref, event_id) values (40, 'c1', '%s')"
                    .formatted(PartitionedTable.minIdOf(day))));
  }

  /// Drops the partitions of today, yesterday and tomorrow, because midnight may pass meanwhile.
  private void dropPartitionsOf(String table) {
    PartitionedTable.ALL.stream()
        .filter(t -> t.name().equals(table))
        .forEach(t ->
            today
                .minusDays(1)
                .datesUntil(today.plusDays(2))
                .forEach(day -> database.execute("drop table " + t.partitionName(day))));
  }
}
