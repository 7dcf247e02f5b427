package com.poolbrain.webhooks.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.contracts.ledger.Story;
import com.poolbrain.webhooks.domain.Answer;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.LedgerException;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.NewEvent;
import com.poolbrain.webhooks.engine.Plan;
import com.poolbrain.webhooks.engine.Settlement;
import com.poolbrain.webhooks.engine.Storing;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Which rows the ledger writes: what lists, searches and support read.
@ParameterizedClass
@EnumSource(TestServer.class)
class PgLedgerRowsTest {

  private final LedgerDatabase database;
  private Story story;
  private UUID node;
  private UUID endpoint;

  PgLedgerRowsTest(TestServer server) {
    database = new LedgerDatabase(server);
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

  @Test
  void anEventIsKeptAsItIsSentWithTheVersionItWasPlannedFrom() {
    NewDelivery delivery = story.storeWaiting(node, endpoint);
    Event event = delivery.event();

    Map<String, Object> row = only("select * from event");

    assertThat(row)
        .containsEntry("id", event.id())
        .containsEntry("company_id", event.companyId())
        .containsEntry("type", event.type())
        .containsEntry("items", 1)
        .containsEntry("config_version", story.version());
    assertThat((byte[]) row.get("data")).isEqualTo(event.data());
  }

  @Test
  void nothingIsStoredWhileTheDayHasNoPartitionAndItMayBeRepeated() {
    List<String> days =
        database
            .database()
            .api()
            .read(c ->
                Sql.strings(
                    c,
                    "select inhrelid::regclass::text from pg_inherits"
                        + " where inhparent = 'event'::regclass"));
    days.forEach(day -> database.execute("drop table " + day));

    assertThatThrownBy(() -> story.storeWaiting(node, endpoint))
        .isInstanceOf(LedgerException.Away.class)
        .hasMessageContaining("the day has no partition");
    assertThat(rows("select * from due")).isEmpty();
  }

  @Test
  void anOpenDeliveryStandsInDueAlone() {
    Claim claim = story.storeOwned(node, endpoint);
    story.settle(node, story.retry(claim, story.later()));

    assertThat(only("select * from due"))
        .containsEntry("id", claim.id())
        .containsEntry("owner", null)
        .containsEntry("step", 1)
        .containsEntry("attempts", 1);
    assertThat(rows("select * from delivery")).isEmpty();
    assertThat(only("select * from attempt"))
        .containsEntry("delivery_id", claim.id())
        .containsEntry("number", 1)
        .containsEntry("late", false)
        .containsEntry("trigger", "automatic")
        .containsEntry("duration_us", 250_000)
        .containsEntry("status_code", 503)
        .containsEntry("error", "server_error")
        .containsEntry("response_body", "not now");
  }

  @Test
  void aDeliveryThatEndsWithItsFirstAttemptIsOneRow() {
    Claim claim = story.storeOwned(node, endpoint);
    Settlement settlement = story.gaveUp(claim);
    story.settle(node, settlement);
    story.settle(node, settlement);

    assertThat(only("select * from delivery"))
        .containsEntry("id", claim.id())
        .containsEntry("event_id", claim.event().id())
        .containsEntry("endpoint_id", endpoint)
        .containsEntry("name", claim.name())
        .containsEntry("status", "permanently_failed")
        .containsEntry("skip_reason", null)
        .containsEntry("test", false)
        .containsEntry("attempt_count", 1)
        .containsEntry("trigger", "automatic")
        .containsEntry("duration_us", 250_000)
        .containsEntry("status_code", 503)
        .containsEntry("error", "server_error")
        .containsEntry("response_body", "not now");
    assertThat(rows("select * from attempt")).isEmpty();
    assertThat(rows("select * from due")).isEmpty();
  }

  @Test
  void aDeliveryThatEndsLaterHasItsAttemptsInRowsOfTheirOwn() {
    Claim claim = story.storeOwned(node, endpoint);
    story.settle(node, story.retry(claim, story.earlier(1)));
    story.settle(node, story.succeeded(story.claimOnly(node, endpoint)));

    assertThat(only("select * from delivery"))
        .containsEntry("status", "delivered")
        .containsEntry("attempt_count", 2)
        .containsEntry("attempt_id", null)
        .containsEntry("status_code", null);
    assertThat(rows("select number, status_code from attempt order by number"))
        .containsExactly(
            Map.of("number", 1, "status_code", 503), Map.of("number", 2, "status_code", 204));
  }

  @Test
  void aLateAttemptIsMarked() {
    Claim claim = story.storeOwned(node, endpoint);
    story.settle(node, story.succeeded(claim));
    story.settle(story.node(), story.gaveUp(claim));

    assertThat(only("select number, late from attempt"))
        .isEqualTo(Map.of("number", 2, "late", true));
    assertThat(only("select attempt_count, status from delivery"))
        .isEqualTo(Map.of("attempt_count", 2, "status", "delivered"));
  }

  @Test
  void aSkippedDeliveryKeepsItsReasonAndItsAttempts() {
    Claim claim = story.storeOwned(node, endpoint);
    story.settle(node, story.retry(claim, story.later()));
    database.ledger().skip(story.version(), endpoint, SkipReason.ENDPOINT_PAUSED, List.of(), 10);

    assertThat(only("select status, skip_reason, attempt_count, test from delivery"))
        .isEqualTo(
            Map.of(
                "status",
                "skipped",
                "skip_reason",
                "endpoint_paused",
                "attempt_count",
                1,
                "test",
                false));
    assertThat(rows("select * from attempt")).hasSize(1);
  }

  @Test
  void aTestSendIsMarked() {
    NewDelivery test = story.testSend(endpoint, true);
    story.store(node, test);
    story.settle(node, story.succeeded(story.claim(test)));

    assertThat(only("select test, trigger from delivery"))
        .isEqualTo(Map.of("test", true, "trigger", "test"));
  }

  @Test
  void aManualAttemptChangesTheRowOfTheDelivery() {
    NewDelivery skipped = story.skipped(endpoint, SkipReason.WEBHOOKS_OFF);
    story.store(node, skipped);
    Claim manual = story.reopened(node, skipped.id());
    assertThat(only("select trigger, owner from due"))
        .isEqualTo(Map.of("trigger", "manual", "owner", node));

    story.settle(node, story.unchanged(manual));

    Map<String, Object> row = only("select * from delivery");
    assertThat(row)
        .containsEntry("status", "permanently_failed")
        .containsEntry("skip_reason", null)
        .containsEntry("attempt_count", 1);
    assertThat(only("select number, trigger from attempt"))
        .isEqualTo(Map.of("number", 1, "trigger", "manual"));
    assertThat(rows("select * from due")).isEmpty();
  }

  @Test
  void theCharacterThatPostgresCantKeepIsReplaced() {
    Claim claim = story.storeOwned(node, endpoint);
    Outcome outcome = new Outcome.Delivered(new Answer(200, "a\0b é"));
    story.settle(
        node, new Settlement(claim, story.attempt(Trigger.AUTOMATIC, outcome), new Verdict.Done()));

    assertThat(only("select response_body from delivery"))
        .isEqualTo(Map.of("response_body", "a\uFFFDb é"));
  }

  @Test
  void referencesAreKeptOnceAndNoneThatNobodyWouldType() {
    Event event = story.event(Story.COMPANY);
    NewEvent findable = new NewEvent(event, List.of("17", "J-4711", "17", "x".repeat(3_000)));
    Plan plan = new Plan(List.of(findable), List.of(), Map.of());
    assertThat(database.ledger().store(node, story.version(), List.of(plan)))
        .isEqualTo(Storing.STORED);

    assertThat(rows("select company_id, ref, event_id from event_ref order by ref"))
        .containsExactly(
            Map.of("company_id", Story.COMPANY, "ref", "17", "event_id", event.id()),
            Map.of("company_id", Story.COMPANY, "ref", "J-4711", "event_id", event.id()));
  }

  private Map<String, Object> only(String query) {
    List<Map<String, Object>> rows = rows(query);
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  private List<Map<String, Object>> rows(String query) {
    return database.database().api().read(c -> Jdbi.open(c).createQuery(query).mapToMap().list());
  }
}
