package com.poolbrain.webhooks.store.ledger;

import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.planOf;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.StoreResult;
import com.poolbrain.webhooks.engine.ledger.StoredResponse;
import com.poolbrain.webhooks.store.TestDatabase;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.testkit.ledger.LedgerFixture;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Times that the ledger stores are times of the database, even if the clock of this machine is
/// ahead.
@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class DatabaseClockTest {

  private final PgLedgerHarness database;
  private LedgerFixture ledgerFixture;
  private UUID node;
  private UUID endpoint;

  DatabaseClockTest(TestServer server) {
    TestDatabase testDatabase = server.createDatabase();
    setClockBack(testDatabase);
    database = new PgLedgerHarness(testDatabase);
  }

  @BeforeEach
  void setUp() {
    ledgerFixture = new LedgerFixture(database, 1);
    node = ledgerFixture.registerNode();
    endpoint = ledgerFixture.configureSingleEndpoint();
  }

  @AfterEach
  void tearDown() {
    database.dropDatabase();
  }

  /// Replaces the clock functions of the database with functions that are three days behind.
  private static void setClockBack(TestDatabase testDatabase) {
    TestSql.execute(
        testDatabase.settings(),
        """
        create schema behind;
        create function behind.now() returns timestamptz language sql stable
          as $$ select pg_catalog.now() - interval '3 days' $$;
        create function behind.clock_timestamp() returns timestamptz language sql volatile
          as $$ select pg_catalog.clock_timestamp() - interval '3 days' $$;
        alter database %s set search_path = public, behind, pg_catalog
        """
            .formatted(testDatabase.name()));
  }

  @Test
  void an_accepted_delivery_is_due_at_once_by_the_database_clock() {
    NewDelivery waiting = ledgerFixture.storeUnowned(node, endpoint);

    assertThat(ledgerFixture.claimSingle(node, endpoint).id()).isEqualTo(waiting.id());
  }

  @Test
  void a_manual_attempt_of_a_dead_node_is_due_at_once_by_the_database_clock() {
    UUID deadNode = ledgerFixture.registerExpiredNode();
    Claim claim = ledgerFixture.storeOwned(node, endpoint);
    ledgerFixture.recordResult(node, ledgerFixture.finalFailure(claim));
    ledgerFixture.reopen(deadNode, claim.id());

    database.ledger().expireDeadNodes(node);

    assertThat(ledgerFixture.claimSingle(node, endpoint).id()).isEqualTo(claim.id());
  }

  @Test
  void skipped_and_cancelled_deliveries_end_at_database_time() {
    ledgerFixture.store(node, ledgerFixture.skippedDelivery(endpoint, SkipReason.WEBHOOKS_OFF));
    ledgerFixture.storeUnowned(node, endpoint);
    ledgerFixture.storeUnowned(node, endpoint);
    database
        .ledger()
        .skipUnowned(
            ledgerFixture.configVersion(), endpoint, SkipReason.ENDPOINT_PAUSED, List.of(), 1);
    database.ledger().cancel(LedgerFixture.COMPANY, openDeliveryId());

    assertThat(queryStrings("select count(*) from delivery")).containsExactly("3");
    assertThat(queryStrings("select ended_at from delivery where ended_at > now()")).isEmpty();
  }

  @Test
  void an_idempotency_key_is_stored_under_the_database_day() {
    Plan plan = planOf(ledgerFixture.unownedDelivery(endpoint));
    var key = new IdempotencyKey("key:1", "k");
    var keyed =
        new Plan(
            plan.events(),
            plan.deliveries(),
            Map.of(key, new StoredResponse(new byte[] {1}, List.of())));

    assertThat(database.ledger().store(node, ledgerFixture.configVersion(), List.of(keyed)))
        .isEqualTo(StoreResult.STORED);

    assertThat(database.ledger().findStoredResponses(List.of(key))).containsOnlyKeys(key);
    assertThat(
            queryStrings(
                "select day from idempotency where day > (now() at time zone 'UTC')::date"))
        .isEmpty();
  }

  private UUID openDeliveryId() {
    return UUID.fromString(queryStrings("select id from open_delivery").getFirst());
  }

  private List<String> queryStrings(String query) {
    return TestSql.queryStrings(database.database(), query);
  }
}
