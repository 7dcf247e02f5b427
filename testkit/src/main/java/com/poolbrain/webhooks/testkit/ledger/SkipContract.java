package com.poolbrain.webhooks.testkit.ledger;

import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.COMPANY;
import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.EVENT_NAME;
import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.OTHER_EVENT_NAME;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.CancelResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped.SkippedDelivery;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class SkipContract extends LedgerContractPart {

  private UUID node;
  private UUID endpoint;

  @BeforeEach
  void configure() {
    node = fixture.registerNode();
    endpoint = fixture.configureSingleEndpoint();
  }

  @Test
  void skip_ends_all_waiting_deliveries_of_the_endpoint() {
    NewDelivery due = fixture.storeUnowned(node, endpoint);
    Claim retried = fixture.storeOwned(node, endpoint);
    AttemptResult attempt = fixture.failureWithRetry(retried, fixture.farFuture());
    fixture.recordResult(node, attempt);
    NewDelivery otherDelivery = fixture.storeUnowned(node, fixture.newId());

    assertThat(
            ledger.skipUnowned(
                fixture.configVersion(), endpoint, SkipReason.UNSUBSCRIBED, List.of(), 10))
        .hasValueSatisfying(skipped ->
            assertThat(skipped)
                .containsExactlyInAnyOrder(
                    new SkippedDelivery(due.id(), due.eventName()),
                    new SkippedDelivery(retried.id(), retried.eventName())));

    assertThat(ledger.cancel(COMPANY, due.id()).result()).isEqualTo(CancelResult.ALREADY_ENDED);
    assertThat(fixture.recordResult(node, attempt).status()).isEqualTo(DeliveryStatus.SKIPPED);
    assertThat(ledger.cancel(COMPANY, otherDelivery.id()).result())
        .isEqualTo(CancelResult.CANCELLED);
  }

  @Test
  void skip_keeps_recorded_attempts() {
    Claim retried = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.failureWithRetry(retried, fixture.farFuture()));
    skip(List.of(), 10);

    assertThat(fixture.reopen(node, retried.id()).attempts()).isEqualTo(1);
  }

  @Test
  void skip_leaves_owned_deliveries() {
    Claim owned = fixture.storeOwned(node, endpoint);

    assertThat(skip(List.of(), 10)).hasValue(0);

    assertThat(fixture.recordResult(node, fixture.success(owned)).late()).isFalse();
  }

  @Test
  void skip_keeps_deliveries_of_subscribed_events() {
    NewDelivery subscribed = fixture.unownedDelivery(endpoint, EVENT_NAME);
    NewDelivery unsubscribed = fixture.unownedDelivery(endpoint, OTHER_EVENT_NAME);
    fixture.store(node, subscribed, unsubscribed);

    assertThat(skip(List.of(EVENT_NAME, "something.else"), 10)).hasValue(1);

    assertThat(fixture.claimSingle(node, endpoint).id()).isEqualTo(subscribed.id());
  }

  @Test
  void skip_ends_at_most_limit_deliveries() {
    fixture.store(node, fixture.unownedDeliveries(7, endpoint).toArray(NewDelivery[]::new));

    assertThat(skip(List.of(), 5)).hasValue(5);
    assertThat(skip(List.of(), 5)).hasValue(2);
    assertThat(skip(List.of(), 5)).hasValue(0);
  }

  @Test
  void skip_with_stale_config_version_changes_nothing() {
    NewDelivery waiting = fixture.storeUnowned(node, endpoint);
    long staleVersion = fixture.configVersion();
    fixture.configureCompany(7);

    assertThat(ledger.skipUnowned(staleVersion, endpoint, SkipReason.WEBHOOKS_OFF, List.of(), 10))
        .isEmpty();

    assertThat(fixture.claimSingle(node, endpoint).id()).isEqualTo(waiting.id());
  }

  @Test
  void skip_leaves_manual_and_test_attempts() {
    UUID expiredNode = fixture.registerExpiredNode();
    fixture.store(expiredNode, fixture.testDelivery(endpoint, true));
    Claim ended = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.success(ended));
    fixture.reopen(expiredNode, ended.id());
    ledger.expireDeadNodes(node);

    assertThat(skip(List.of(), 10)).hasValue(0);

    assertThat(fixture.claim(node, endpoint, 10)).hasSize(2);
  }

  private Optional<Integer> skip(List<String> subscribedEvents, int limit) {
    return ledger
        .skipUnowned(
            fixture.configVersion(), endpoint, SkipReason.UNSUBSCRIBED, subscribedEvents, limit)
        .map(List::size);
  }
}
