package com.poolbrain.webhooks.testkit.ledger;

import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.COMPANY;
import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.planOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.ledger.CancelResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.IdempotencyKey;
import com.poolbrain.webhooks.engine.ledger.LedgerException;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.NewEvent;
import com.poolbrain.webhooks.engine.ledger.Plan;
import com.poolbrain.webhooks.engine.ledger.Receipt;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.engine.ledger.StoreResult;
import com.poolbrain.webhooks.engine.ledger.StoredResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

abstract class StoreContract extends LedgerContractPart {

  private static final IdempotencyKey KEY = new IdempotencyKey("company:40", "import 17 ✓");

  @Test
  void owned_delivery_is_not_claimable() {
    UUID endpoint = fixture.configureSingleEndpoint();
    UUID node = fixture.registerNode();
    Claim claim = fixture.storeOwned(node, endpoint);

    assertThat(fixture.claim(node, endpoint, 10)).isEmpty();
    assertThat(fixture.recordResult(node, fixture.success(claim)))
        .isEqualTo(
            new RecordedResult(
                claim.id(), 1, DeliveryStatus.PENDING, DeliveryStatus.DELIVERED, false, false));
  }

  @Test
  void claim_of_an_unowned_delivery_carries_the_stored_event() {
    UUID endpoint = fixture.configureSingleEndpoint();
    UUID node = fixture.registerNode();
    byte[] data = "[{\"a\":\"\\u00e9\"},{\"a\":1.10}]".getBytes(StandardCharsets.US_ASCII);
    Event event =
        new Event(
            fixture.newId(), COMPANY, LedgerFixture.EVENT_NAME, fixture.secondsAgo(90), 2, data);
    NewDelivery delivery =
        new NewDelivery(
            fixture.newId(), event, endpoint, "an.alias", Trigger.AUTOMATIC, false, null);
    fixture.store(node, delivery);

    Claim claim = fixture.claimSingle(node, endpoint);

    assertThat(claim)
        .usingRecursiveComparison()
        .ignoringFields("dueAt")
        .isEqualTo(
            new Claim(
                delivery.id(),
                event,
                endpoint,
                "an.alias",
                Trigger.AUTOMATIC,
                0,
                0,
                fixture.now()));
    assertThat(claim.dueAt()).isBeforeOrEqualTo(fixture.now());
  }

  @Test
  void event_is_stored_for_several_endpoints_or_none() {
    UUID one = fixture.configureSingleEndpoint();
    UUID two = fixture.newId();
    UUID node = fixture.registerNode();
    Event event = fixture.newEvent(COMPANY);
    NewDelivery first =
        new NewDelivery(fixture.newId(), event, one, "a.b", Trigger.AUTOMATIC, false, null);
    NewDelivery second =
        new NewDelivery(fixture.newId(), event, two, "a.b", Trigger.AUTOMATIC, false, null);
    Plan planWithoutDeliveries =
        new Plan(List.of(new NewEvent(fixture.newEvent(7), List.of())), List.of(), Map.of());

    assertThat(
            ledger.store(
                node,
                fixture.configVersion(),
                List.of(planOf(first, second), planWithoutDeliveries)))
        .isEqualTo(StoreResult.STORED);

    assertThat(fixture.claimSingle(node, one).id()).isEqualTo(first.id());
    assertThat(fixture.claimSingle(node, two).id()).isEqualTo(second.id());
  }

  @Test
  void delivery_stored_as_skipped_has_ended() {
    UUID endpoint = fixture.configureSingleEndpoint();
    UUID node = fixture.registerNode();
    NewDelivery skipped = fixture.skippedDelivery(endpoint, SkipReason.WEBHOOKS_OFF);
    fixture.store(node, skipped);

    assertThat(ledger.unownedBacklogs()).isEmpty();
    assertThat(ledger.cancel(COMPANY, skipped.id()).result()).isEqualTo(CancelResult.ALREADY_ENDED);
  }

  @Test
  void plan_of_a_stale_config_version_is_not_stored() {
    UUID endpoint = fixture.configureSingleEndpoint();
    UUID node = fixture.registerNode();
    long staleVersion = fixture.configVersion();
    fixture.configureCompany(7);
    NewDelivery delivery = fixture.unownedDelivery(endpoint);
    Plan planWithKey = withIdempotencyKey(planOf(delivery), KEY, "content");

    assertThat(ledger.store(node, staleVersion, List.of(planOf(delivery))))
        .isEqualTo(StoreResult.STALE_CONFIG);
    assertThat(ledger.store(node, staleVersion, List.of(planWithKey)))
        .isEqualTo(StoreResult.STALE_CONFIG);

    assertThat(ledger.cancel(COMPANY, delivery.id()).result()).isEqualTo(CancelResult.NOT_FOUND);
    assertThat(ledger.findStoredResponses(List.of(KEY))).isEmpty();
    assertThat(ledger.store(node, fixture.configVersion(), List.of(planWithKey)))
        .isEqualTo(StoreResult.STORED);
  }

  @Test
  void store_without_plans_checks_node_and_config_version() {
    UUID node = fixture.registerNode();
    long version = fixture.configVersion();

    assertThat(ledger.store(node, version, List.of())).isEqualTo(StoreResult.STORED);
    assertThat(ledger.store(node, version - 1, List.of())).isEqualTo(StoreResult.STALE_CONFIG);
    assertThat(ledger.store(fixture.newId(), version, List.of())).isEqualTo(StoreResult.NODE_DEAD);
  }

  @Test
  void plans_are_stored_all_or_none() {
    UUID endpoint = fixture.configureSingleEndpoint();
    UUID node = fixture.registerNode();
    NewDelivery existing = fixture.storeUnowned(node, endpoint);
    NewDelivery newDelivery = fixture.unownedDelivery(endpoint);

    assertThatExceptionOfType(LedgerException.Rejected.class)
        .isThrownBy(() ->
            ledger.store(
                node, fixture.configVersion(), List.of(planOf(newDelivery), planOf(existing))));

    assertThat(ledger.cancel(COMPANY, newDelivery.id()).result()).isEqualTo(CancelResult.NOT_FOUND);
    assertThat(ledger.cancel(COMPANY, existing.id()).result()).isEqualTo(CancelResult.CANCELLED);
  }

  @Test
  void response_is_stored_under_its_idempotency_key() {
    UUID node = fixture.registerNode();
    Receipt many =
        new Receipt(
            List.of(fixture.newId(), fixture.newId(), fixture.newId()),
            40,
            "customer.created",
            6,
            3);
    Receipt one = new Receipt(List.of(fixture.newId()), 9_007_199_254_740_991L, "job.x", 0, 0);
    byte[] fingerprint = {1, 0, -1};
    Plan plan = planOf(fixture.unownedDelivery(fixture.configureSingleEndpoint()));
    StoredResponse storedResponse = new StoredResponse(fingerprint, List.of(many, one));
    Plan planWithKey = new Plan(plan.events(), plan.deliveries(), Map.of(KEY, storedResponse));

    assertThat(ledger.store(node, fixture.configVersion(), List.of(planWithKey)))
        .isEqualTo(StoreResult.STORED);

    Map<IdempotencyKey, StoredResponse> storedResponses =
        ledger.findStoredResponses(List.of(KEY, key("other")));
    assertThat(storedResponses).containsOnlyKeys(KEY);
    assertThat(findStoredResponse(KEY).fingerprint()).containsExactly(fingerprint);
    assertThat(findStoredResponse(KEY).receipts()).containsExactly(many, one);
    assertThat(ledger.findStoredResponses(List.of())).isEmpty();
  }

  @Test
  void known_idempotency_key_stores_nothing() {
    UUID endpoint = fixture.configureSingleEndpoint();
    UUID node = fixture.registerNode();
    store(node, withIdempotencyKey(planOf(fixture.unownedDelivery(endpoint)), KEY, "first"));
    NewDelivery repeated = fixture.unownedDelivery(endpoint);
    NewDelivery otherDelivery = fixture.unownedDelivery(endpoint);

    StoreResult storeResult =
        ledger.store(
            node,
            fixture.configVersion(),
            List.of(
                withIdempotencyKey(planOf(otherDelivery), key("new"), "x"),
                withIdempotencyKey(planOf(repeated), KEY, "y")));

    assertThat(storeResult).isEqualTo(StoreResult.DUPLICATE_KEY);
    assertThat(ledger.cancel(COMPANY, repeated.id()).result()).isEqualTo(CancelResult.NOT_FOUND);
    assertThat(ledger.cancel(COMPANY, otherDelivery.id()).result())
        .isEqualTo(CancelResult.NOT_FOUND);
    assertThat(ledger.findStoredResponses(List.of(KEY, key("new")))).containsOnlyKeys(KEY);
    assertThat(findStoredResponse(KEY).fingerprint()).isEqualTo(bytes("first"));
  }

  @Test
  void idempotency_keys_are_separate_per_scope() {
    UUID endpoint = fixture.configureSingleEndpoint();
    UUID node = fixture.registerNode();
    IdempotencyKey otherScopeKey = new IdempotencyKey("company:41", KEY.key());
    store(node, withIdempotencyKey(planOf(fixture.unownedDelivery(endpoint)), KEY, "one"));
    store(
        node, withIdempotencyKey(planOf(fixture.unownedDelivery(endpoint)), otherScopeKey, "two"));

    assertThat(ledger.findStoredResponses(List.of(KEY, otherScopeKey)))
        .containsOnlyKeys(KEY, otherScopeKey);
  }

  @Test
  void idempotency_key_expires_after_24_hours() {
    UUID endpoint = fixture.configureSingleEndpoint();
    UUID node = fixture.registerNode();
    store(node, withIdempotencyKey(planOf(fixture.unownedDelivery(endpoint)), KEY, "first"));

    harness.ageIdempotencyKeys(Duration.ofHours(23));
    assertThat(ledger.findStoredResponses(List.of(KEY))).containsOnlyKeys(KEY);
    harness.ageIdempotencyKeys(Duration.ofHours(1));
    assertThat(ledger.findStoredResponses(List.of(KEY))).isEmpty();
  }

  private void store(UUID node, Plan plan) {
    assertThat(ledger.store(node, fixture.configVersion(), List.of(plan)))
        .isEqualTo(StoreResult.STORED);
  }

  private StoredResponse findStoredResponse(IdempotencyKey key) {
    return Objects.requireNonNull(ledger.findStoredResponses(List.of(key)).get(key));
  }

  private static IdempotencyKey key(String key) {
    return new IdempotencyKey("company:40", key);
  }

  static Plan withIdempotencyKey(Plan plan, IdempotencyKey key, String content) {
    Receipt receipt =
        new Receipt(
            plan.events().stream().map(e -> e.event().id()).toList(),
            COMPANY,
            LedgerFixture.EVENT_NAME,
            1,
            0);
    return new Plan(
        plan.events(),
        plan.deliveries(),
        Map.of(key, new StoredResponse(bytes(content), List.of(receipt))));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
