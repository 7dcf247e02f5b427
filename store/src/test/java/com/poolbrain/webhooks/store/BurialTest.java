package com.poolbrain.webhooks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.contracts.ledger.Story;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.LedgerException;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.Reopening;
import com.poolbrain.webhooks.engine.Storing;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What happens to the deliveries of the dead when things break off half-way.
@ParameterizedClass
@EnumSource(TestServer.class)
@Timeout(120)
class BurialTest {

  /// Who waits for a lock in this database.
  private static final String WAITING =
      "select pid from pg_stat_activity"
          + " where datname = current_database() and wait_event_type = 'Lock'";

  private final LedgerDatabase database;
  private Story story;
  private UUID node;
  private UUID silent;
  private UUID endpoint;

  BurialTest(TestServer server) {
    database = new LedgerDatabase(server);
  }

  @BeforeEach
  void begin() {
    story = new Story(database, 1);
    node = story.node();
    silent = story.silentNode();
    endpoint = story.onlyEndpoint();
  }

  @AfterEach
  void drop() {
    database.drop();
  }

  @Test
  void whatTheDeadAreStoringIsWaitedForAndFreed() throws Exception {
    Claim claim = story.storeOwned(silent, endpoint);
    try (Connection storing = database.database().upkeep().getConnection()) {
      storing.setAutoCommit(false);
      Sql.run(storing, "select 1 from node where incarnation = '" + silent + "' for key share");
      UUID stored = copy(storing, claim.id());

      CompletableFuture<Integer> burial =
          CompletableFuture.supplyAsync(() -> database.ledger().bury(node));
      awaitLockWait(burial);
      storing.commit();

      assertThat(burial.get()).isEqualTo(2);
      assertThat(story.claim(node, endpoint, 10))
          .extracting(Claim::id)
          .containsExactlyInAnyOrder(claim.id(), stored);
    }
  }

  @Test
  void whatTheDeadBeginToStoreDuringTheirBurialIsNotStored() throws Exception {
    try (Connection burying = database.database().upkeep().getConnection()) {
      burying.setAutoCommit(false);
      Sql.run(burying, "delete from node where incarnation = '" + silent + "'");
      long version = story.version();

      CompletableFuture<Storing> storing =
          CompletableFuture.supplyAsync(() ->
              database.ledger().store(silent, version, List.of(Story.plan(story.owned(endpoint)))));
      awaitLockWait(storing);
      burying.commit();

      assertThat(storing.get()).isEqualTo(Storing.DEAD);
      assertThat(rows("select id from due")).isEmpty();
      assertThat(rows("select id from event")).isEmpty();
    }
  }

  @Test
  void whatTheDeadBeginToClaimDuringTheirBurialIsNotTheirs() throws Exception {
    NewDelivery waiting = story.storeWaiting(node, endpoint);
    try (Connection burying = database.database().upkeep().getConnection()) {
      burying.setAutoCommit(false);
      Sql.run(burying, "delete from node where incarnation = '" + silent + "'");

      CompletableFuture<List<Claim>> claiming =
          CompletableFuture.supplyAsync(() -> story.claim(silent, endpoint, 10));
      awaitLockWait(claiming);
      burying.commit();

      assertThat(claiming.get()).isEmpty();
      assertThat(story.claimOnly(node, endpoint).id()).isEqualTo(waiting.id());
    }
  }

  @Test
  void whatTheDeadBeginToOpenDuringTheirBurialIsNotTheirs() throws Exception {
    NewDelivery waiting = story.storeWaiting(node, endpoint);
    try (Connection burying = database.database().upkeep().getConnection()) {
      burying.setAutoCommit(false);
      Sql.run(burying, "delete from node where incarnation = '" + silent + "'");

      CompletableFuture<Reopening> opening =
          CompletableFuture.supplyAsync(
              () -> database.ledger().reopen(silent, Story.COMPANY, waiting.id()));
      awaitLockWait(opening);
      burying.commit();

      assertThat(opening.get()).isInstanceOf(Reopening.Busy.class);
      assertThat(story.claimOnly(node, endpoint).id()).isEqualTo(waiting.id());
    }
  }

  @Test
  void aBurialThatBrokeOffIsFinishedByAnother() {
    Claim claim = story.storeOwned(silent, endpoint);
    database.execute(
        """
        with gone as (delete from node where incarnation = '%s' returning incarnation)
        insert into dead_node (incarnation) select incarnation from gone
        """
            .formatted(silent));
    assertThat(story.claim(node, endpoint, 10)).isEmpty();

    assertThat(database.ledger().bury(node)).isEqualTo(1);

    assertThat(story.claimOnly(node, endpoint).id()).isEqualTo(claim.id());
    assertThat(rows("select incarnation from dead_node")).isEmpty();
  }

  @Test
  void aBurialThatFailsHalfwayIsFinishedByAnother() throws Exception {
    Claim claim = story.storeOwned(silent, endpoint);
    try (Connection holding = database.database().upkeep().getConnection()) {
      holding.setAutoCommit(false);
      Sql.run(holding, "select from due where id = '" + claim.id() + "' for update");
      CompletableFuture<Integer> burial =
          CompletableFuture.supplyAsync(() -> database.ledger().bury(node));
      awaitLockWait(burial);
      assertThat(rows("select pg_cancel_backend(pid) from (" + WAITING + ") as w")).hasSize(1);

      assertThatThrownBy(burial::get).hasCauseInstanceOf(LedgerException.TooSlow.class);
      holding.rollback();
    }

    assertThat(database.ledger().bury(node)).isEqualTo(1);
    assertThat(story.claimOnly(node, endpoint).id()).isEqualTo(claim.id());
  }

  @Test
  void whereNobodyElseCanBeAllOthersAreBuriedWhateverTheirLease() {
    UUID killed = story.node();
    Claim claim = story.storeOwned(killed, endpoint);
    Claim mine = story.storeOwned(node, endpoint);

    assertThat(database.pgLedger().buryAllOthers(node)).isEqualTo(1);

    assertThat(story.renew(killed, 0).alive()).isFalse();
    assertThat(story.claimOnly(node, endpoint).id()).isEqualTo(claim.id());
    assertThat(story.settle(node, story.succeeded(mine)).late()).isFalse();
  }

  /// Another delivery of the same owner, as a transaction that has not ended yet stores it.
  private UUID copy(Connection connection, UUID id) throws SQLException {
    UUID copy = story.id();
    Sql.run(
        connection,
        """
        insert into due (company_id, due_at, step, attempts, id, event_id, endpoint_id, owner, name,
          trigger)
        select company_id, due_at, step, attempts, '%s', event_id, endpoint_id, owner, name, trigger
        from due where id = '%s'
        """
            .formatted(copy, id));
    return copy;
  }

  /// Returns when a statement waits for a lock; or when the work is done, which then did not wait.
  private void awaitLockWait(CompletableFuture<?> work) {
    while (!work.isDone() && rows(WAITING).isEmpty()) {
      Thread.onSpinWait();
    }
  }

  private List<String> rows(String query) {
    return database.database().api().read(c -> Sql.strings(c, query));
  }
}
