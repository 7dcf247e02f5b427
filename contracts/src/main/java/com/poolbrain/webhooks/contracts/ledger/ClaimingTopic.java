package com.poolbrain.webhooks.contracts.ledger;

import static com.poolbrain.webhooks.contracts.ledger.Story.COMPANY;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.engine.Backlog;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.Reopening;
import com.poolbrain.webhooks.engine.Room;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class ClaimingTopic extends Topic {

  private UUID node;
  private UUID endpoint;

  @BeforeEach
  void configure() {
    node = story.node();
    endpoint = story.onlyEndpoint();
  }

  @Test
  void endpointsWithWaitingDeliveriesAreToldWithTheTimeOfTheFirst() {
    UUID other = story.id();
    waitingSince(story.earlier(10));
    waitingSince(story.earlier(20));
    story.storeOwned(node, endpoint);
    Claim retried = story.storeOwned(node, other);
    story.settle(node, story.retry(retried, story.later()));
    story.storeOwned(node, story.id());

    assertThat(ledger.backlogs())
        .containsExactlyInAnyOrder(
            new Backlog(endpoint, story.earlier(20)), new Backlog(other, story.later()));
  }

  @Test
  void thereIsNoBacklogWhenNothingWaits() {
    story.storeOwned(node, endpoint);
    assertThat(ledger.backlogs()).isEmpty();
  }

  @Test
  void theLongestDueAreClaimedFirstAndNoMoreThanThereIsRoomFor() {
    UUID third = waitingSince(story.earlier(10));
    UUID first = waitingSince(story.earlier(30));
    UUID second = waitingSince(story.earlier(20));

    assertThat(ids(story.claim(node, endpoint, 2))).containsExactly(first, second);
    assertThat(ids(story.claim(node, endpoint, 2))).containsExactly(third);
    assertThat(story.claim(node, endpoint, 2)).isEmpty();
  }

  @Test
  void deliveriesAcceptedTogetherAreClaimedInTheOrderOfTheirIds() {
    List<NewDelivery> many = story.many(50, endpoint);
    story.store(node, many.reversed().toArray(NewDelivery[]::new));

    List<UUID> claimed = ids(story.claim(node, endpoint, 30));
    claimed.addAll(ids(story.claim(node, endpoint, 30)));

    assertThat(claimed).containsExactlyElementsOf(many.stream().map(NewDelivery::id).toList());
  }

  @Test
  void whatIsNotDueYetIsNotClaimed() {
    waitingSince(story.later());
    assertThat(story.claim(node, endpoint, 10)).isEmpty();
  }

  @Test
  void onlyTheEndpointsThatHaveRoomAreServed() {
    UUID other = story.id();
    UUID unasked = story.id();
    NewDelivery one = story.storeWaiting(node, endpoint);
    NewDelivery two = story.storeWaiting(node, other);
    story.storeWaiting(node, unasked);

    List<Claim> claims =
        ledger.claim(
            node, List.of(new Room(endpoint, 5), new Room(other, 5), new Room(story.id(), 5)));

    assertThat(ids(claims)).containsExactlyInAnyOrder(one.id(), two.id());
    assertThat(ids(story.claim(node, unasked, 5))).hasSize(1);
  }

  @Test
  void noRoomClaimsNothing() {
    story.storeWaiting(node, endpoint);
    assertThat(ledger.claim(node, List.of())).isEmpty();
    assertThat(story.claim(node, endpoint, 0)).isEmpty();
    assertThat(story.claim(node, endpoint, 1)).hasSize(1);
  }

  @Test
  void aClaimTellsWhatIsOnRecord() {
    Claim first = story.storeOwned(node, endpoint);
    Instant due = story.earlier(5);
    story.settle(node, story.retry(first, due));

    Claim second = story.claimOnly(node, endpoint);

    assertThat(second)
        .usingRecursiveComparison()
        .isEqualTo(
            new Claim(
                first.id(), first.event(), endpoint, first.name(), Trigger.AUTOMATIC, 1, 1, due));
  }

  @Test
  void whoClaimedOwns() {
    story.storeWaiting(node, endpoint);
    UUID other = story.node();
    Claim claim = story.claimOnly(other, endpoint);

    assertThat(story.settle(node, story.gaveUp(claim)).late()).isTrue();
    assertThat(story.settle(other, story.gaveUp(claim)).late()).isFalse();
  }

  @Test
  void aManualAttemptWhoseNodeDiedIsMadeByAnother() {
    UUID silent = story.silentNode();
    Claim claim = story.storeOwned(node, endpoint);
    story.settle(node, story.gaveUp(claim));
    assertThat(ledger.reopen(silent, COMPANY, claim.id())).isInstanceOf(Reopening.Reopened.class);

    ledger.bury(node);

    Claim taken = story.claimOnly(node, endpoint);
    assertThat(taken.id()).isEqualTo(claim.id());
    assertThat(taken.trigger()).isEqualTo(Trigger.MANUAL);
    assertThat(taken.attempts()).isEqualTo(1);
  }

  @Test
  void aTestSendWhoseNodeDiedIsMadeByAnother() {
    NewDelivery test = story.testSend(endpoint, true);
    story.store(story.silentNode(), test);

    ledger.bury(node);

    assertThat(story.claimOnly(node, endpoint).trigger()).isEqualTo(Trigger.TEST);
  }

  private UUID waitingSince(Instant due) {
    Claim claim = story.storeOwned(node, endpoint);
    story.settle(node, story.retry(claim, due));
    return claim.id();
  }

  private static List<UUID> ids(List<Claim> claims) {
    return new java.util.ArrayList<>(claims.stream().map(Claim::id).toList());
  }
}
