package com.poolbrain.webhooks.contracts.ledger;

import static com.poolbrain.webhooks.contracts.ledger.Story.COMPANY;
import static com.poolbrain.webhooks.contracts.ledger.Story.plan;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Event;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.Cancelling;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.IdempotencyKey;
import com.poolbrain.webhooks.engine.LedgerException;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.NewEvent;
import com.poolbrain.webhooks.engine.Plan;
import com.poolbrain.webhooks.engine.Receipt;
import com.poolbrain.webhooks.engine.Remembered;
import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Storing;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

abstract class StoringTopic extends Topic {

  private static final IdempotencyKey KEY = new IdempotencyKey("company:40", "import 17 ✓");

  @Test
  void aDeliveryCanBeBornOwned() {
    UUID endpoint = story.onlyEndpoint();
    UUID node = story.node();
    Claim claim = story.storeOwned(node, endpoint);

    assertThat(story.claim(node, endpoint, 10)).isEmpty();
    assertThat(story.settle(node, story.succeeded(claim)))
        .isEqualTo(new Settled(claim.id(), 1, DeliveryStatus.DELIVERED, false));
  }

  @Test
  void aDeliveryThatWaitsIsClaimedWithAllThatItsAttemptNeeds() {
    UUID endpoint = story.onlyEndpoint();
    UUID node = story.node();
    byte[] data = "[{\"a\":\"\\u00e9\"},{\"a\":1.10}]".getBytes(StandardCharsets.US_ASCII);
    Event event = new Event(story.id(), COMPANY, Story.NAME, story.earlier(90), 2, data);
    NewDelivery delivery =
        new NewDelivery(story.id(), event, endpoint, "an.alias", Trigger.AUTOMATIC, false, null);
    story.store(node, delivery);

    Claim claim = story.claimOnly(node, endpoint);

    assertThat(claim)
        .usingRecursiveComparison()
        .ignoringFields("dueAt")
        .isEqualTo(
            new Claim(
                delivery.id(), event, endpoint, "an.alias", Trigger.AUTOMATIC, 0, 0, story.now()));
    assertThat(claim.dueAt()).isBeforeOrEqualTo(story.now());
  }

  @Test
  void eventsGoToSeveralEndpointsOrToNone() {
    UUID one = story.onlyEndpoint();
    UUID two = story.id();
    UUID node = story.node();
    Event event = story.event(COMPANY);
    NewDelivery first =
        new NewDelivery(story.id(), event, one, "a.b", Trigger.AUTOMATIC, false, null);
    NewDelivery second =
        new NewDelivery(story.id(), event, two, "a.b", Trigger.AUTOMATIC, false, null);
    Plan nowhere = new Plan(List.of(new NewEvent(story.event(7), List.of())), List.of(), Map.of());

    assertThat(ledger.store(node, story.version(), List.of(plan(first, second), nowhere)))
        .isEqualTo(Storing.STORED);

    assertThat(story.claimOnly(node, one).id()).isEqualTo(first.id());
    assertThat(story.claimOnly(node, two).id()).isEqualTo(second.id());
  }

  @Test
  void aDeliveryThatIsSkippedFromTheStartHasEnded() {
    UUID endpoint = story.onlyEndpoint();
    UUID node = story.node();
    NewDelivery skipped = story.skipped(endpoint, SkipReason.WEBHOOKS_OFF);
    story.store(node, skipped);

    assertThat(ledger.backlogs()).isEmpty();
    assertThat(ledger.cancel(COMPANY, skipped.id())).isEqualTo(Cancelling.ENDED);
  }

  @Test
  void nothingIsStoredOfPlansThatTheConfigurationHasOvertaken() {
    UUID endpoint = story.onlyEndpoint();
    UUID node = story.node();
    long before = story.version();
    story.configure(7);
    NewDelivery delivery = story.waiting(endpoint);
    Plan keyed = remembering(plan(delivery), KEY, "content");

    assertThat(ledger.store(node, before, List.of(plan(delivery)))).isEqualTo(Storing.STALE);
    assertThat(ledger.store(node, before, List.of(keyed))).isEqualTo(Storing.STALE);

    assertThat(ledger.cancel(COMPANY, delivery.id())).isEqualTo(Cancelling.UNKNOWN);
    assertThat(ledger.remembered(List.of(KEY))).isEmpty();
    assertThat(ledger.store(node, story.version(), List.of(keyed))).isEqualTo(Storing.STORED);
  }

  @Test
  void withoutPlansItSaysWhetherTheyCouldBeStored() {
    UUID node = story.node();
    long version = story.version();

    assertThat(ledger.store(node, version, List.of())).isEqualTo(Storing.STORED);
    assertThat(ledger.store(node, version - 1, List.of())).isEqualTo(Storing.STALE);
    assertThat(ledger.store(story.id(), version, List.of())).isEqualTo(Storing.DEAD);
  }

  @Test
  void allPlansAreStoredOrNone() {
    UUID endpoint = story.onlyEndpoint();
    UUID node = story.node();
    NewDelivery there = story.storeWaiting(node, endpoint);
    NewDelivery good = story.waiting(endpoint);

    assertThatExceptionOfType(LedgerException.Refused.class)
        .isThrownBy(() -> ledger.store(node, story.version(), List.of(plan(good), plan(there))));

    assertThat(ledger.cancel(COMPANY, good.id())).isEqualTo(Cancelling.UNKNOWN);
    assertThat(ledger.cancel(COMPANY, there.id())).isEqualTo(Cancelling.CANCELLED);
  }

  @Test
  void whatWasAnsweredIsRememberedByItsKey() {
    UUID node = story.node();
    Receipt many =
        new Receipt(List.of(story.id(), story.id(), story.id()), 40, "customer.created", 6, 3);
    Receipt one = new Receipt(List.of(story.id()), 9_007_199_254_740_991L, "job.x", 0, 0);
    byte[] fingerprint = {1, 0, -1};
    Plan plan = plan(story.waiting(story.onlyEndpoint()));
    Remembered answer = new Remembered(fingerprint, List.of(many, one));
    Plan keyed = new Plan(plan.events(), plan.deliveries(), Map.of(KEY, answer));

    assertThat(ledger.store(node, story.version(), List.of(keyed))).isEqualTo(Storing.STORED);

    Map<IdempotencyKey, Remembered> remembered = ledger.remembered(List.of(KEY, key("other")));
    assertThat(remembered).containsOnlyKeys(KEY);
    assertThat(remembered(KEY).fingerprint()).containsExactly(fingerprint);
    assertThat(remembered(KEY).receipts()).containsExactly(many, one);
    assertThat(ledger.remembered(List.of())).isEmpty();
  }

  @Test
  void nothingIsStoredIfAKeyIsKnownByNow() {
    UUID endpoint = story.onlyEndpoint();
    UUID node = story.node();
    store(node, remembering(plan(story.waiting(endpoint)), KEY, "first"));
    NewDelivery again = story.waiting(endpoint);
    NewDelivery beside = story.waiting(endpoint);

    Storing storing =
        ledger.store(
            node,
            story.version(),
            List.of(
                remembering(plan(beside), key("new"), "x"), remembering(plan(again), KEY, "y")));

    assertThat(storing).isEqualTo(Storing.KEY_KNOWN);
    assertThat(ledger.cancel(COMPANY, again.id())).isEqualTo(Cancelling.UNKNOWN);
    assertThat(ledger.cancel(COMPANY, beside.id())).isEqualTo(Cancelling.UNKNOWN);
    assertThat(ledger.remembered(List.of(KEY, key("new")))).containsOnlyKeys(KEY);
    assertThat(remembered(KEY).fingerprint()).isEqualTo(bytes("first"));
  }

  @Test
  void theSameKeyInAnotherScopeIsAnotherKey() {
    UUID endpoint = story.onlyEndpoint();
    UUID node = story.node();
    IdempotencyKey elsewhere = new IdempotencyKey("company:41", KEY.key());
    store(node, remembering(plan(story.waiting(endpoint)), KEY, "one"));
    store(node, remembering(plan(story.waiting(endpoint)), elsewhere, "two"));

    assertThat(ledger.remembered(List.of(KEY, elsewhere))).containsOnlyKeys(KEY, elsewhere);
  }

  @Test
  void aKeyIsForgottenAfterADay() {
    UUID endpoint = story.onlyEndpoint();
    UUID node = story.node();
    store(node, remembering(plan(story.waiting(endpoint)), KEY, "first"));

    world.age(Duration.ofHours(23));
    assertThat(ledger.remembered(List.of(KEY))).containsOnlyKeys(KEY);
    world.age(Duration.ofHours(1));
    assertThat(ledger.remembered(List.of(KEY))).isEmpty();
  }

  private void store(UUID node, Plan plan) {
    assertThat(ledger.store(node, story.version(), List.of(plan))).isEqualTo(Storing.STORED);
  }

  private Remembered remembered(IdempotencyKey key) {
    return Objects.requireNonNull(ledger.remembered(List.of(key)).get(key));
  }

  private static IdempotencyKey key(String key) {
    return new IdempotencyKey("company:40", key);
  }

  static Plan remembering(Plan plan, IdempotencyKey key, String content) {
    Receipt receipt =
        new Receipt(
            plan.events().stream().map(e -> e.event().id()).toList(), COMPANY, Story.NAME, 1, 0);
    return new Plan(
        plan.events(),
        plan.deliveries(),
        Map.of(key, new Remembered(bytes(content), List.of(receipt))));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
