package com.poolbrain.webhooks.testkit.ledger;

import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.COMPANY;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.ClaimRequest;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.ReopenResult;
import com.poolbrain.webhooks.engine.ledger.UnownedBacklog;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class ClaimContract extends LedgerContractPart {

  private UUID node;
  private UUID endpoint;

  @BeforeEach
  void configure() {
    node = fixture.registerNode();
    endpoint = fixture.configureSingleEndpoint();
  }

  @Test
  void unowned_backlogs_list_each_endpoint_with_its_earliest_due_time() {
    UUID other = fixture.newId();
    storeUnownedDueAt(fixture.secondsAgo(10));
    storeUnownedDueAt(fixture.secondsAgo(20));
    fixture.storeOwned(node, endpoint);
    Claim retried = fixture.storeOwned(node, other);
    fixture.recordResult(node, fixture.failureWithRetry(retried, fixture.farFuture()));
    fixture.storeOwned(node, fixture.newId());

    assertThat(ledger.unownedBacklogs())
        .containsExactlyInAnyOrder(
            new UnownedBacklog(endpoint, fixture.secondsAgo(20)),
            new UnownedBacklog(other, fixture.farFuture()));
  }

  @Test
  void owned_deliveries_are_no_backlog() {
    fixture.storeOwned(node, endpoint);
    assertThat(ledger.unownedBacklogs()).isEmpty();
  }

  @Test
  void claim_returns_earliest_due_first_up_to_the_limit() {
    UUID third = storeUnownedDueAt(fixture.secondsAgo(10));
    UUID first = storeUnownedDueAt(fixture.secondsAgo(30));
    UUID second = storeUnownedDueAt(fixture.secondsAgo(20));

    assertThat(ids(fixture.claim(node, endpoint, 2))).containsExactly(first, second);
    assertThat(ids(fixture.claim(node, endpoint, 2))).containsExactly(third);
    assertThat(fixture.claim(node, endpoint, 2)).isEmpty();
  }

  @Test
  void deliveries_stored_together_are_claimed_in_id_order() {
    List<NewDelivery> deliveries = fixture.unownedDeliveries(50, endpoint);
    fixture.store(node, deliveries.reversed().toArray(NewDelivery[]::new));

    List<UUID> claimed = ids(fixture.claim(node, endpoint, 30));
    claimed.addAll(ids(fixture.claim(node, endpoint, 30)));

    assertThat(claimed)
        .containsExactlyElementsOf(deliveries.stream().map(NewDelivery::id).toList());
  }

  @Test
  void delivery_that_is_not_due_is_not_claimed() {
    storeUnownedDueAt(fixture.farFuture());
    assertThat(fixture.claim(node, endpoint, 10)).isEmpty();
  }

  @Test
  void claim_returns_only_deliveries_of_requested_endpoints() {
    UUID other = fixture.newId();
    UUID unrequestedEndpoint = fixture.newId();
    NewDelivery firstDelivery = fixture.storeUnowned(node, endpoint);
    NewDelivery secondDelivery = fixture.storeUnowned(node, other);
    fixture.storeUnowned(node, unrequestedEndpoint);

    List<Claim> claims =
        ledger.claim(
            node,
            List.of(
                new ClaimRequest(endpoint, 5),
                new ClaimRequest(other, 5),
                new ClaimRequest(fixture.newId(), 5)));

    assertThat(ids(claims)).containsExactlyInAnyOrder(firstDelivery.id(), secondDelivery.id());
    assertThat(ids(fixture.claim(node, unrequestedEndpoint, 5))).hasSize(1);
  }

  @Test
  void claim_with_limit_zero_returns_nothing() {
    fixture.storeUnowned(node, endpoint);
    assertThat(ledger.claim(node, List.of())).isEmpty();
    assertThat(fixture.claim(node, endpoint, 0)).isEmpty();
    assertThat(fixture.claim(node, endpoint, 1)).hasSize(1);
  }

  @Test
  void claim_carries_the_recorded_attempts_and_step() {
    Claim first = fixture.storeOwned(node, endpoint);
    Instant due = fixture.secondsAgo(5);
    fixture.recordResult(node, fixture.failureWithRetry(first, due));

    Claim second = fixture.claimSingle(node, endpoint);

    assertThat(second)
        .usingRecursiveComparison()
        .isEqualTo(
            new Claim(
                first.id(),
                first.event(),
                endpoint,
                first.eventName(),
                Trigger.AUTOMATIC,
                1,
                1,
                due));
  }

  @Test
  void claim_transfers_ownership_to_the_claiming_node() {
    fixture.storeUnowned(node, endpoint);
    UUID other = fixture.registerNode();
    Claim claim = fixture.claimSingle(other, endpoint);

    assertThat(fixture.recordResult(node, fixture.finalFailure(claim)).late()).isTrue();
    assertThat(fixture.recordResult(other, fixture.finalFailure(claim)).late()).isFalse();
  }

  @Test
  void manual_attempt_of_a_dead_node_is_claimed_by_another() {
    UUID expiredNode = fixture.registerExpiredNode();
    Claim claim = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.finalFailure(claim));
    assertThat(ledger.reopen(expiredNode, COMPANY, claim.id()))
        .isInstanceOf(ReopenResult.Reopened.class);

    ledger.expireDeadNodes(node);

    Claim reclaimed = fixture.claimSingle(node, endpoint);
    assertThat(reclaimed.id()).isEqualTo(claim.id());
    assertThat(reclaimed.trigger()).isEqualTo(Trigger.MANUAL);
    assertThat(reclaimed.attempts()).isEqualTo(1);
  }

  @Test
  void test_delivery_of_a_dead_node_is_claimed_by_another() {
    NewDelivery test = fixture.testDelivery(endpoint, true);
    fixture.store(fixture.registerExpiredNode(), test);

    ledger.expireDeadNodes(node);

    assertThat(fixture.claimSingle(node, endpoint).trigger()).isEqualTo(Trigger.TEST);
  }

  private UUID storeUnownedDueAt(Instant due) {
    Claim claim = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.failureWithRetry(claim, due));
    return claim.id();
  }

  private static List<UUID> ids(List<Claim> claims) {
    return new java.util.ArrayList<>(claims.stream().map(Claim::id).toList());
  }
}
