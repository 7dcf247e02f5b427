package com.poolbrain.webhooks.contracts.ledger;

import static com.poolbrain.webhooks.contracts.ledger.Story.COMPANY;
import static com.poolbrain.webhooks.contracts.ledger.Story.LONG;
import static com.poolbrain.webhooks.contracts.ledger.Story.plan;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.Endpoint;
import com.poolbrain.webhooks.domain.Subscriptions;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.Renewal;
import com.poolbrain.webhooks.engine.Reopening;
import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Storing;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

abstract class NodesTopic extends Topic {

  @Test
  void aNodeThatHasBegunIsAlive() {
    assertThat(story.renew(story.node(), 0).alive()).isTrue();
  }

  @Test
  void aNodeThatHasNotBegunIsNotAlive() {
    assertThat(story.renew(story.id(), 0).alive()).isFalse();
  }

  @Test
  void onlyNodesWithALeaseAreCountedAndTheOneThatAsks() {
    UUID one = story.node();
    story.node();
    UUID silent = story.silentNode();

    assertThat(story.renew(one, 0).liveNodes()).isEqualTo(2);
    assertThat(story.renew(silent, 0).liveNodes()).isEqualTo(3);
  }

  @Test
  void aRenewalTellsWhatChangedSinceTheVersionThatIsHeld() {
    UUID node = story.node();
    Subscriptions forty = story.configure(40, story.endpoint(40), story.endpoint(40));
    Subscriptions seven = story.configure(7);

    Renewal first = story.renew(node, -1);
    assertThat(first.changed()).containsExactlyInAnyOrder(forty, seven);
    assertThat(story.renew(node, first.version()).changed()).isEmpty();

    Subscriptions changed = story.configure(7, story.endpoint(7));
    Renewal second = story.renew(node, first.version());
    assertThat(second.version()).isGreaterThan(first.version());
    assertThat(second.changed()).containsExactly(changed);
    assertThat(story.renew(node, second.version()).changed()).isEmpty();
  }

  @Test
  void aRenewalTellsOfDeletedEndpointsToo() {
    UUID node = story.node();
    Endpoint endpoint = story.endpoint(COMPANY);
    story.configure(COMPANY, endpoint);
    long known = story.version();

    Subscriptions changed = story.configure(COMPANY, deleted(endpoint));

    assertThat(story.renew(node, known).changed()).containsExactly(changed);
  }

  @Test
  void aNodeWhoseLeaseHasEndedIsBuriedAndWhatItOwnedIsFreed() {
    UUID endpoint = story.onlyEndpoint();
    UUID silent = story.silentNode();
    Claim lost = story.storeOwned(silent, endpoint);
    UUID other = story.node();
    assertThat(story.claim(other, endpoint, 10)).isEmpty();

    assertThat(ledger.bury(other)).isEqualTo(1);

    assertThat(story.renew(silent, 0).alive()).isFalse();
    assertThat(story.claimOnly(other, endpoint).id()).isEqualTo(lost.id());
    assertThat(ledger.bury(other)).isZero();
  }

  @Test
  void aNodeIsNotBuriedWhileItsLeaseLasts() {
    UUID endpoint = story.onlyEndpoint();
    UUID living = story.node();
    story.storeOwned(living, endpoint);
    UUID other = story.node();

    assertThat(ledger.bury(other)).isZero();

    assertThat(story.renew(living, 0).alive()).isTrue();
    assertThat(story.claim(other, endpoint, 10)).isEmpty();
  }

  @Test
  void aNodeThatRenewsBeforeItIsBuriedLivesOn() {
    UUID silent = story.silentNode();

    assertThat(story.renew(silent, 0).alive()).isTrue();

    ledger.bury(story.node());
    assertThat(story.renew(silent, 0).alive()).isTrue();
  }

  @Test
  void nobodyBuriesItself() {
    UUID silent = story.silentNode();
    ledger.bury(silent);
    assertThat(story.renew(silent, 0).alive()).isTrue();
  }

  @Test
  void whatOtherNodesOwnIsNotFreed() {
    UUID endpoint = story.onlyEndpoint();
    UUID living = story.node();
    Claim kept = story.storeOwned(living, endpoint);
    story.storeOwned(story.silentNode(), endpoint);

    assertThat(ledger.bury(living)).isEqualTo(1);

    assertThat(story.settle(living, story.succeeded(kept)).late()).isFalse();
  }

  @Test
  void endingFreesAtOnceAndEndingTwiceIsHarmless() {
    UUID endpoint = story.onlyEndpoint();
    UUID node = story.node();
    Claim left = story.storeOwned(node, endpoint);

    ledger.end(node);
    ledger.end(node);

    assertThat(story.renew(node, 0).alive()).isFalse();
    assertThat(story.claimOnly(story.node(), endpoint).id()).isEqualTo(left.id());
  }

  @Test
  void moreDeliveriesThanOneBatchAreAllFreed() {
    UUID endpoint = story.onlyEndpoint();
    UUID silent = story.silentNode();
    NewDelivery[] many =
        java.util.stream.IntStream.range(0, 2_500)
            .mapToObj(_ -> story.owned(endpoint))
            .toArray(NewDelivery[]::new);
    story.store(silent, many);
    UUID node = story.node();

    assertThat(ledger.bury(node)).isEqualTo(many.length);
    assertThat(story.claim(node, endpoint, 5_000)).hasSize(many.length);
  }

  @Test
  void theDeadStoreNothing() {
    UUID endpoint = story.onlyEndpoint();
    UUID dead = story.node();
    ledger.end(dead);

    Storing storing = ledger.store(dead, story.version(), List.of(plan(story.waiting(endpoint))));

    assertThat(storing).isEqualTo(Storing.DEAD);
    assertThat(ledger.backlogs()).isEmpty();
  }

  @Test
  void theDeadOwnNothingAnew() {
    UUID endpoint = story.onlyEndpoint();
    UUID node = story.node();
    NewDelivery waiting = story.storeWaiting(node, endpoint);
    UUID dead = story.node();
    ledger.end(dead);

    assertThat(story.claim(dead, endpoint, 10)).isEmpty();
    assertThat(ledger.reopen(dead, COMPANY, waiting.id())).isInstanceOf(Reopening.Busy.class);
    assertThat(story.claimOnly(node, endpoint).id()).isEqualTo(waiting.id());
  }

  @Test
  void aFailureThatTheDeadBringIsLate() {
    UUID endpoint = story.onlyEndpoint();
    UUID dead = story.node();
    Claim claim = story.storeOwned(dead, endpoint);
    ledger.end(dead);

    Settled settled = story.settle(dead, story.gaveUp(claim));

    assertThat(settled).isEqualTo(new Settled(claim.id(), 1, DeliveryStatus.PENDING, true));
    assertThat(story.claimOnly(story.node(), endpoint).attempts()).isEqualTo(1);
  }

  @Test
  void aSuccessThatTheDeadBringCounts() {
    UUID endpoint = story.onlyEndpoint();
    UUID dead = story.node();
    Claim claim = story.storeOwned(dead, endpoint);
    ledger.end(dead);

    Settled settled = story.settle(dead, story.succeeded(claim));

    assertThat(settled).isEqualTo(new Settled(claim.id(), 1, DeliveryStatus.DELIVERED, true));
    assertThat(story.claim(story.node(), endpoint, 10)).isEmpty();
  }

  @Test
  void theStoreTellsItsTime() {
    UUID node = story.node();
    Renewal first = ledger.renew(node, LONG, 0);
    assertThat(ledger.renew(node, LONG, 0).now()).isAfterOrEqualTo(first.now());
  }

  private static Endpoint deleted(Endpoint e) {
    return new Endpoint(
        e.id(),
        e.companyId(),
        e.url(),
        e.names(),
        e.description(),
        e.paused(),
        true,
        e.createdAt(),
        e.secrets(),
        e.tuning());
  }
}
