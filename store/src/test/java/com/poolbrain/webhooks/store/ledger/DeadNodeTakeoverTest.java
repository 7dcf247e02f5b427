package com.poolbrain.webhooks.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.ReopenResult;
import com.poolbrain.webhooks.engine.ledger.StoreResult;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.testkit.ledger.LedgerFixture;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Deliveries of dead nodes are released, even if the expiry competes with the node or is
/// interrupted.
@ParameterizedClass
@EnumSource(TestServer.class)
@Timeout(120)
@Tag("slow")
class DeadNodeTakeoverTest {

  /// Sessions of this database that wait for a lock.
  private static final String LOCK_WAITERS =
      "select pid from pg_stat_activity"
          + " where datname = current_database() and wait_event_type = 'Lock'";

  private final PgLedgerHarness database;
  private LedgerFixture ledgerFixture;
  private UUID node;
  private UUID deadNode;
  private UUID endpoint;

  DeadNodeTakeoverTest(TestServer server) {
    database = new PgLedgerHarness(server);
  }

  @BeforeEach
  void setUp() {
    ledgerFixture = new LedgerFixture(database, 1);
    node = ledgerFixture.registerNode();
    deadNode = ledgerFixture.registerExpiredNode();
    endpoint = ledgerFixture.configureSingleEndpoint();
  }

  @AfterEach
  void tearDown() {
    database.dropDatabase();
  }

  @Test
  void expiring_a_node_waits_for_its_running_insert_and_releases_the_delivery() throws Exception {
    Claim claim = ledgerFixture.storeOwned(deadNode, endpoint);
    try (Connection storing = database.database().maintenanceDataSource().getConnection()) {
      storing.setAutoCommit(false);
      TestSql.execute(
          storing, "select 1 from node where incarnation = '" + deadNode + "' for key share");
      UUID stored = copy(storing, claim.id());

      CompletableFuture<Integer> expiry =
          CompletableFuture.supplyAsync(() -> database.ledger().expireDeadNodes(node));
      awaitLockWait(expiry);
      storing.commit();

      assertThat(expiry.get()).isEqualTo(2);
      assertThat(ledgerFixture.claim(node, endpoint, 10))
          .extracting(Claim::id)
          .containsExactlyInAnyOrder(claim.id(), stored);
    }
  }

  @Test
  void store_by_a_node_that_is_being_expired_inserts_nothing() throws Exception {
    try (Connection expiring = database.database().maintenanceDataSource().getConnection()) {
      expiring.setAutoCommit(false);
      TestSql.execute(expiring, "delete from node where incarnation = '" + deadNode + "'");
      long version = ledgerFixture.configVersion();

      CompletableFuture<StoreResult> storing =
          CompletableFuture.supplyAsync(() ->
              database
                  .ledger()
                  .store(
                      deadNode,
                      version,
                      List.of(LedgerFixture.planOf(ledgerFixture.ownedDelivery(endpoint)))));
      awaitLockWait(storing);
      expiring.commit();

      assertThat(storing.get()).isEqualTo(StoreResult.NODE_DEAD);
      assertThat(rows("select id from open_delivery")).isEmpty();
      assertThat(rows("select id from event")).isEmpty();
    }
  }

  @Test
  void claim_by_a_node_that_is_being_expired_returns_nothing() throws Exception {
    NewDelivery waiting = ledgerFixture.storeUnowned(node, endpoint);
    try (Connection expiring = database.database().maintenanceDataSource().getConnection()) {
      expiring.setAutoCommit(false);
      TestSql.execute(expiring, "delete from node where incarnation = '" + deadNode + "'");

      CompletableFuture<List<Claim>> claiming =
          CompletableFuture.supplyAsync(() -> ledgerFixture.claim(deadNode, endpoint, 10));
      awaitLockWait(claiming);
      expiring.commit();

      assertThat(claiming.get()).isEmpty();
      assertThat(ledgerFixture.claimSingle(node, endpoint).id()).isEqualTo(waiting.id());
    }
  }

  @Test
  void reopen_by_a_node_that_is_being_expired_is_refused() throws Exception {
    NewDelivery waiting = ledgerFixture.storeUnowned(node, endpoint);
    try (Connection expiring = database.database().maintenanceDataSource().getConnection()) {
      expiring.setAutoCommit(false);
      TestSql.execute(expiring, "delete from node where incarnation = '" + deadNode + "'");

      CompletableFuture<ReopenResult> reopening =
          CompletableFuture.supplyAsync(
              () -> database.ledger().reopen(deadNode, LedgerFixture.COMPANY, waiting.id()));
      awaitLockWait(reopening);
      expiring.commit();

      assertThat(reopening.get()).isInstanceOf(ReopenResult.Busy.class);
      assertThat(ledgerFixture.claimSingle(node, endpoint).id()).isEqualTo(waiting.id());
    }
  }

  @Test
  void deliveries_of_a_node_marked_dead_are_released_by_the_next_expiry() {
    Claim claim = ledgerFixture.storeOwned(deadNode, endpoint);
    database.execute(
        """
        with expired as (delete from node where incarnation = '%s' returning incarnation)
        insert into dead_node (incarnation) select incarnation from expired
        """
            .formatted(deadNode));
    assertThat(ledgerFixture.claim(node, endpoint, 10)).isEmpty();

    assertThat(database.ledger().expireDeadNodes(node)).isEqualTo(1);

    assertThat(ledgerFixture.claimSingle(node, endpoint).id()).isEqualTo(claim.id());
    assertThat(rows("select incarnation from dead_node")).isEmpty();
  }

  @Test
  void a_release_that_timed_out_is_completed_by_the_next_expiry() throws Exception {
    Claim claim = ledgerFixture.storeOwned(deadNode, endpoint);
    try (Connection lockHolder = database.database().maintenanceDataSource().getConnection()) {
      lockHolder.setAutoCommit(false);
      TestSql.execute(
          lockHolder, "select from open_delivery where id = '" + claim.id() + "' for update");
      CompletableFuture<Integer> expiry =
          CompletableFuture.supplyAsync(() -> database.ledger().expireDeadNodes(node));
      awaitLockWait(expiry);
      assertThat(rows("select pg_cancel_backend(pid) from (" + LOCK_WAITERS + ") as w")).hasSize(1);

      assertThatThrownBy(expiry::get).hasCauseInstanceOf(LedgerException.TimedOut.class);
      lockHolder.rollback();
    }

    assertThat(database.ledger().expireDeadNodes(node)).isEqualTo(1);
    assertThat(ledgerFixture.claimSingle(node, endpoint).id()).isEqualTo(claim.id());
  }

  @Test
  void expire_all_others_ignores_leases_and_keeps_own_deliveries() {
    UUID killedNode = ledgerFixture.registerNode();
    Claim claim = ledgerFixture.storeOwned(killedNode, endpoint);
    Claim ownClaim = ledgerFixture.storeOwned(node, endpoint);

    assertThat(database.pgLedger().expireAllOthers(node)).isEqualTo(1);

    assertThat(ledgerFixture.renewLease(killedNode, 0).alive()).isFalse();
    assertThat(ledgerFixture.claimSingle(node, endpoint).id()).isEqualTo(claim.id());
    assertThat(ledgerFixture.recordResult(node, ledgerFixture.success(ownClaim)).late()).isFalse();
  }

  /// Inserts a second delivery of the same owner, in the open transaction of the connection.
  private UUID copy(Connection connection, UUID id) throws SQLException {
    UUID copy = ledgerFixture.newId();
    TestSql.execute(
        connection,
        """
        insert into open_delivery (company_id, due_at, schedule_step, attempt_count, id, event_id,
          endpoint_id, owner, event_name, trigger)
        select company_id, due_at, schedule_step, attempt_count, '%s', event_id,
          endpoint_id, owner, event_name, trigger
        from open_delivery where id = '%s'
        """
            .formatted(copy, id));
    return copy;
  }

  /// Waits until a statement waits for a lock, or the work is done without waiting.
  private void awaitLockWait(CompletableFuture<?> work) {
    await("a statement waits for a lock")
        .atMost(Duration.ofMinutes(1))
        .until(() -> work.isDone() || !rows(LOCK_WAITERS).isEmpty());
  }

  private List<String> rows(String query) {
    return TestSql.queryStrings(database.database(), query);
  }
}
