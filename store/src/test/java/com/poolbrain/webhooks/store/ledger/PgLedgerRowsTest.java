package com.poolbrain.webhooks.store.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.poolbrain.webhooks.domain.Attempt;
import com.poolbrain.webhooks.domain.AttemptDetails;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.NewEvent;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.StoreResult;
import com.poolbrain.webhooks.store.TestServer;
import com.poolbrain.webhooks.store.TestSql;
import com.poolbrain.webhooks.store.query.DeliveryLog;
import com.poolbrain.webhooks.store.query.LoggedAttempt;
import com.poolbrain.webhooks.testkit.ledger.LedgerFixture;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// The rows that the ledger writes, which lists and searches read.
@ParameterizedClass
@EnumSource(TestServer.class)
@Tag("slow")
class PgLedgerRowsTest {

  private final PgLedgerHarness database;
  private LedgerFixture ledgerFixture;
  private UUID node;
  private UUID endpoint;

  PgLedgerRowsTest(TestServer server) {
    database = new PgLedgerHarness(server);
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

  @Test
  void an_event_row_holds_the_sent_bytes_and_its_config_version() {
    NewDelivery delivery = ledgerFixture.storeUnowned(node, endpoint);
    Event event = delivery.event();

    Map<String, Object> row = queryRow("select * from event");

    assertThat(row)
        .containsEntry("id", event.id())
        .containsEntry("company_id", event.companyId())
        .containsEntry("type", event.type())
        .containsEntry("items", 1)
        .containsEntry("config_version", ledgerFixture.configVersion());
    assertThat((byte[]) row.get("data")).isEqualTo(event.data());
  }

  @Test
  void store_without_a_partition_inserts_nothing_and_is_unavailable() {
    List<String> partitions =
        TestSql.queryStrings(
            database.database(),
            "select inhrelid::regclass::text from pg_inherits"
                + " where inhparent = 'event'::regclass");
    partitions.forEach(partition -> database.execute("drop table " + partition));

    assertThatThrownBy(() -> ledgerFixture.storeUnowned(node, endpoint))
        .isInstanceOf(LedgerException.Unavailable.class)
        .hasMessageContaining("the database has no partition");
    assertThat(queryRows("select * from open_delivery")).isEmpty();
  }

  @Test
  void a_retrying_delivery_is_a_row_of_open_delivery_only() {
    Claim claim = ledgerFixture.storeOwned(node, endpoint);
    ledgerFixture.recordResult(
        node, ledgerFixture.failureWithRetry(claim, ledgerFixture.farFuture()));

    assertThat(queryRow("select * from open_delivery"))
        .containsEntry("id", claim.id())
        .containsEntry("owner", null)
        .containsEntry("schedule_step", 1)
        .containsEntry("attempt_count", 1);
    assertThat(queryRows("select * from delivery")).isEmpty();
    assertThat(queryRow("select * from attempt"))
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
  void a_delivery_that_ends_with_its_first_attempt_is_one_row() {
    Claim claim = ledgerFixture.storeOwned(node, endpoint);
    AttemptResult attemptResult = ledgerFixture.finalFailure(claim);
    ledgerFixture.recordResult(node, attemptResult);
    ledgerFixture.recordResult(node, attemptResult);

    assertThat(queryRow("select * from delivery"))
        .containsEntry("id", claim.id())
        .containsEntry("event_id", claim.event().id())
        .containsEntry("endpoint_id", endpoint)
        .containsEntry("event_name", claim.eventName())
        .containsEntry("status", "permanently_failed")
        .containsEntry("skip_reason", null)
        .containsEntry("test", false)
        .containsEntry("attempt_count", 1)
        .containsEntry("schedule_step", null)
        .containsEntry("trigger", "automatic")
        .containsEntry("duration_us", 250_000)
        .containsEntry("status_code", 503)
        .containsEntry("error", "server_error")
        .containsEntry("response_body", "not now");
    assertThat(queryRows("select * from attempt")).isEmpty();
    assertThat(queryRows("select * from open_delivery")).isEmpty();
  }

  @Test
  void a_delivered_first_attempt_has_no_details() {
    Claim claim = ledgerFixture.storeOwned(node, endpoint);
    ledgerFixture.recordResult(node, ledgerFixture.success(claim));

    assertThat(queryRows("select * from delivery")).hasSize(1);
    assertThat(queryRows("select * from attempt")).isEmpty();
  }

  @Test
  void details_of_an_attempt_are_stored_with_it() {
    AttemptDetails details =
        new AttemptDetails(
            "https://hooks.example.com/a",
            Instant.parse("2026-02-13T06:42:24.705Z"),
            "192.0.2.7",
            "What failed: \0 and \uD800",
            new LinkedHashMap<>(Map.of("Server", "a: b", "Location", "")),
            17,
            "key:7");
    Claim claim = ledgerFixture.storeOwned(node, endpoint);
    Attempt attempt = ledgerFixture.newAttempt(Trigger.AUTOMATIC, LedgerFixture.FAILURE);
    ledgerFixture.recordResult(
        node, new AttemptResult.Sent(claim, attempt.withDetails(details), new Verdict.GiveUp()));

    LoggedAttempt logged =
        Objects.requireNonNull(
                new DeliveryLog(database.database().apiTransactions(), (_, _) -> false)
                    .get(LedgerFixture.COMPANY, claim.id()))
            .attempts()
            .getFirst();
    assertThat(logged.url()).isEqualTo("https://hooks.example.com/a");
    assertThat(logged.details())
        .isEqualTo(
            new AttemptDetails(
                details.url(),
                details.plannedAt(),
                details.address(),
                "What failed: \ufffd and ?",
                details.responseHeaders(),
                17,
                "key:7"));
  }

  @Test
  void a_delivery_that_ends_later_has_one_attempt_row_per_attempt() {
    Claim claim = ledgerFixture.storeOwned(node, endpoint);
    ledgerFixture.recordResult(
        node, ledgerFixture.failureWithRetry(claim, ledgerFixture.secondsAgo(1)));
    ledgerFixture.recordResult(
        node, ledgerFixture.success(ledgerFixture.claimSingle(node, endpoint)));

    assertThat(queryRow("select * from delivery"))
        .containsEntry("status", "delivered")
        .containsEntry("attempt_count", 2)
        .containsEntry("schedule_step", 2)
        .containsEntry("attempt_id", null)
        .containsEntry("status_code", null);
    assertThat(queryRows("select number, status_code from attempt order by number"))
        .containsExactly(
            Map.of("number", 1, "status_code", 503), Map.of("number", 2, "status_code", 204));
  }

  @Test
  void an_attempt_recorded_by_a_former_owner_is_marked_late() {
    Claim claim = ledgerFixture.storeOwned(node, endpoint);
    ledgerFixture.recordResult(node, ledgerFixture.success(claim));
    ledgerFixture.recordResult(ledgerFixture.registerNode(), ledgerFixture.finalFailure(claim));

    assertThat(queryRow("select number, late from attempt"))
        .isEqualTo(Map.of("number", 2, "late", true));
    assertThat(queryRow("select attempt_count, status from delivery"))
        .isEqualTo(Map.of("attempt_count", 2, "status", "delivered"));
  }

  @Test
  void a_skipped_delivery_keeps_its_reason_and_attempts() {
    Claim claim = ledgerFixture.storeOwned(node, endpoint);
    ledgerFixture.recordResult(
        node, ledgerFixture.failureWithRetry(claim, ledgerFixture.farFuture()));
    database
        .ledger()
        .skipUnowned(
            ledgerFixture.configVersion(), endpoint, SkipReason.ENDPOINT_PAUSED, List.of(), 10);

    assertThat(queryRow("select * from delivery"))
        .containsEntry("status", "skipped")
        .containsEntry("skip_reason", "endpoint_paused")
        .containsEntry("schedule_step", 1)
        .containsEntry("attempt_count", 1)
        .containsEntry("test", false);
    assertThat(queryRows("select * from attempt")).hasSize(1);
  }

  @Test
  void a_test_send_is_marked_as_test() {
    NewDelivery test = ledgerFixture.testDelivery(endpoint, true);
    ledgerFixture.store(node, test);
    ledgerFixture.recordResult(node, ledgerFixture.success(ledgerFixture.claim(test)));

    assertThat(queryRow("select test, trigger from delivery"))
        .isEqualTo(Map.of("test", true, "trigger", "test"));
  }

  @Test
  void a_manual_attempt_updates_the_ended_delivery_row() {
    NewDelivery skipped = ledgerFixture.skippedDelivery(endpoint, SkipReason.WEBHOOKS_OFF);
    ledgerFixture.store(node, skipped);
    Claim manual = ledgerFixture.reopen(node, skipped.id());
    assertThat(queryRow("select trigger, owner from open_delivery"))
        .isEqualTo(Map.of("trigger", "manual", "owner", node));

    ledgerFixture.recordResult(node, ledgerFixture.manualFailure(manual));

    Map<String, Object> row = queryRow("select * from delivery");
    assertThat(row)
        .containsEntry("status", "permanently_failed")
        .containsEntry("skip_reason", null)
        .containsEntry("attempt_count", 1);
    assertThat(queryRow("select number, trigger from attempt"))
        .isEqualTo(Map.of("number", 1, "trigger", "manual"));
    assertThat(queryRows("select * from open_delivery")).isEmpty();
  }

  @Test
  void nul_characters_in_a_response_body_are_replaced() {
    Claim claim = ledgerFixture.storeOwned(node, endpoint);
    Outcome outcome = new Outcome.Delivered(new EndpointResponse(200, "a\0b é"));
    ledgerFixture.recordResult(
        node,
        new AttemptResult.Sent(
            claim, ledgerFixture.newAttempt(Trigger.AUTOMATIC, outcome), new Verdict.Done()));

    assertThat(queryRow("select response_body from delivery"))
        .isEqualTo(Map.of("response_body", "a\uFFFDb é"));
  }

  @Test
  void references_are_stored_once_and_overlong_ones_dropped() {
    Event event = ledgerFixture.newEvent(LedgerFixture.COMPANY);
    NewEvent findable = new NewEvent(event, List.of("17", "J-4711", "17", "x".repeat(3_000)));
    Plan plan = new Plan(List.of(findable), List.of(), Map.of());
    assertThat(database.ledger().store(node, ledgerFixture.configVersion(), List.of(plan)))
        .isEqualTo(StoreResult.STORED);

    assertThat(queryRows("select company_id, ref, event_id from event_ref order by ref"))
        .containsExactly(
            Map.of("company_id", LedgerFixture.COMPANY, "ref", "17", "event_id", event.id()),
            Map.of("company_id", LedgerFixture.COMPANY, "ref", "J-4711", "event_id", event.id()));
  }

  private Map<String, Object> queryRow(String query) {
    List<Map<String, Object>> rows = queryRows(query);
    assertThat(rows).hasSize(1);
    return rows.getFirst();
  }

  private List<Map<String, Object>> queryRows(String query) {
    return database
        .database()
        .apiTransactions()
        .read(c -> Jdbi.open(c).createQuery(query).mapToMap().list());
  }
}
