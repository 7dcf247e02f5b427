package com.poolbrain.webhooks.store;

import static com.poolbrain.webhooks.contracts.ledger.Story.plan;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.contracts.ledger.Story;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.IdempotencyKey;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.Plan;
import com.poolbrain.webhooks.engine.Remembered;
import com.poolbrain.webhooks.engine.Storing;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// What the ledger writes down is in the database's time, however far this machine is ahead of it.
@ParameterizedClass
@EnumSource(TestServer.class)
class DatabaseTimeTest {

  private final LedgerDatabase database;
  private Story story;
  private UUID node;
  private UUID endpoint;

  DatabaseTimeTest(TestServer server) {
    TestDatabase fresh = server.fresh();
    fallBehind(fresh);
    database = new LedgerDatabase(fresh);
  }

  @BeforeEach
  void begin() {
    story = new Story(database, 1);
    node = story.node();
    endpoint = story.onlyEndpoint();
  }

  @AfterEach
  void drop() {
    database.drop();
  }

  /// Hides the database's own clock functions behind others of the same names.
  private static void fallBehind(TestDatabase fresh) {
    TestDatabases.execute(
        fresh.settings(),
        """
        create schema behind;
        create function behind.now() returns timestamptz language sql stable
          as $$ select pg_catalog.now() - interval '3 days' $$;
        create function behind.clock_timestamp() returns timestamptz language sql volatile
          as $$ select pg_catalog.clock_timestamp() - interval '3 days' $$;
        alter database %s set search_path = public, behind, pg_catalog
        """
            .formatted(fresh.name()));
  }

  @Test
  void whatIsAcceptedIsDueAtOnce() {
    NewDelivery waiting = story.storeWaiting(node, endpoint);

    assertThat(story.claimOnly(node, endpoint).id()).isEqualTo(waiting.id());
  }

  @Test
  void aDeadNodesManualAttemptIsDueAtOnce() {
    UUID silent = story.silentNode();
    Claim claim = story.storeOwned(node, endpoint);
    story.settle(node, story.gaveUp(claim));
    story.reopened(silent, claim.id());

    database.ledger().bury(node);

    assertThat(story.claimOnly(node, endpoint).id()).isEqualTo(claim.id());
  }

  @Test
  void whatIsSkippedEndsNow() {
    story.store(node, story.skipped(endpoint, SkipReason.WEBHOOKS_OFF));
    story.storeWaiting(node, endpoint);
    story.storeWaiting(node, endpoint);
    database.ledger().skip(story.version(), endpoint, SkipReason.ENDPOINT_PAUSED, List.of(), 1);
    database.ledger().cancel(Story.COMPANY, open());

    assertThat(strings("select count(*) from delivery")).containsExactly("3");
    assertThat(strings("select ended_at from delivery where ended_at > now()")).isEmpty();
  }

  @Test
  void aKeyIsKeptUnderTheDatabasesDay() {
    Plan plan = plan(story.waiting(endpoint));
    var key = new IdempotencyKey("key:1", "k");
    var keyed =
        new Plan(
            plan.events(),
            plan.deliveries(),
            Map.of(key, new Remembered(new byte[] {1}, List.of())));

    assertThat(database.ledger().store(node, story.version(), List.of(keyed)))
        .isEqualTo(Storing.STORED);

    assertThat(database.ledger().remembered(List.of(key))).containsOnlyKeys(key);
    assertThat(strings("select day from idempotency where day > (now() at time zone 'UTC')::date"))
        .isEmpty();
  }

  private UUID open() {
    return UUID.fromString(strings("select id from due").getFirst());
  }

  private List<String> strings(String query) {
    return database.database().api().read(c -> Sql.strings(c, query));
  }
}
