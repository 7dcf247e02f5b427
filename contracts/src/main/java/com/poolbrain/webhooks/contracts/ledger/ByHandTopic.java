package com.poolbrain.webhooks.contracts.ledger;

import static com.poolbrain.webhooks.contracts.ledger.Story.COMPANY;
import static com.poolbrain.webhooks.contracts.ledger.Story.unsent;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.Cancelling;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.Reopening;
import com.poolbrain.webhooks.engine.Settlement;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What people do with a single delivery.
abstract class ByHandTopic extends Topic {

  private UUID node;
  private UUID endpoint;

  @BeforeEach
  void configure() {
    node = story.node();
    endpoint = story.onlyEndpoint();
  }

  @Test
  void aDeliveryThatWaitsIsOpenedForOneManualAttempt() {
    Claim claim = story.storeOwned(node, endpoint);
    story.settle(node, story.retry(claim, story.later()));

    assertThat(story.reopened(node, claim.id()))
        .usingRecursiveComparison()
        .isEqualTo(
            new Claim(
                claim.id(),
                claim.event(),
                endpoint,
                claim.name(),
                Trigger.MANUAL,
                1,
                1,
                story.later()));
    assertThat(ledger.backlogs()).isEmpty();
  }

  @Test
  void aDeliveryThatHasEndedIsOpenedForOneManualAttempt() {
    Claim claim = story.storeOwned(node, endpoint);
    story.settle(node, story.succeeded(claim));

    Claim manual = story.reopened(node, claim.id());

    assertThat(manual)
        .usingRecursiveComparison()
        .ignoringFields("dueAt")
        .isEqualTo(
            new Claim(
                claim.id(),
                claim.event(),
                endpoint,
                claim.name(),
                Trigger.MANUAL,
                0,
                1,
                story.now()));
    assertThat(ledger.backlogs()).isEmpty();
  }

  @Test
  void aDeliveryIsBusyWhileSomebodyOwnsIt() {
    Claim open = story.storeOwned(node, endpoint);
    Claim ended = story.storeOwned(node, endpoint);
    story.settle(node, story.succeeded(ended));
    story.reopened(node, ended.id());
    UUID other = story.node();

    for (UUID caller : new UUID[] {node, other}) {
      for (UUID id : new UUID[] {open.id(), ended.id()}) {
        assertThat(ledger.reopen(caller, COMPANY, id)).isInstanceOf(Reopening.Busy.class);
        assertThat(ledger.cancel(COMPANY, id)).isEqualTo(Cancelling.BUSY);
      }
    }
  }

  @Test
  void aDeliveryCanBeOpenedAgainAndAgain() {
    Claim claim = story.storeOwned(node, endpoint);
    story.settle(node, story.gaveUp(claim));
    for (int number = 2; number < 6; number++) {
      Claim manual = story.reopened(node, claim.id());
      assertThat(story.settle(node, story.unchanged(manual)))
          .isEqualTo(SettlingTopic.onTime(claim, number, DeliveryStatus.PERMANENTLY_FAILED));
    }
  }

  @Test
  void aTestSendThatHasEndedCanBeSentAgain() {
    NewDelivery test = story.testSend(endpoint, true);
    story.store(node, test);
    story.settle(node, story.gaveUp(story.claim(test)));

    Claim manual = story.reopened(node, test.id());

    assertThat(story.settle(node, story.succeeded(manual)))
        .isEqualTo(SettlingTopic.onTime(manual, 2, DeliveryStatus.DELIVERED));
  }

  @Test
  void aDeliveryOfAnotherCompanyIsUnknown() {
    NewDelivery open = story.storeWaiting(node, endpoint);
    Claim ended = story.storeOwned(node, endpoint);
    story.settle(node, story.succeeded(ended));

    for (UUID id : new UUID[] {open.id(), ended.id(), story.id()}) {
      assertThat(ledger.reopen(node, 41, id)).isInstanceOf(Reopening.Unknown.class);
      assertThat(ledger.cancel(41, id)).isEqualTo(Cancelling.UNKNOWN);
    }
    assertThat(ledger.reopen(node, COMPANY, story.id())).isInstanceOf(Reopening.Unknown.class);
    assertThat(ledger.cancel(COMPANY, story.id())).isEqualTo(Cancelling.UNKNOWN);
  }

  @Test
  void whatWaitsCanBeCancelled() {
    Claim claim = story.storeOwned(node, endpoint);
    Settlement attempt = story.retry(claim, story.earlier(1));
    story.settle(node, attempt);

    assertThat(ledger.cancel(COMPANY, claim.id())).isEqualTo(Cancelling.CANCELLED);

    assertThat(story.claim(node, endpoint, 10)).isEmpty();
    assertThat(ledger.cancel(COMPANY, claim.id())).isEqualTo(Cancelling.ENDED);
    assertThat(story.settle(node, attempt))
        .isEqualTo(SettlingTopic.onTime(claim, 1, DeliveryStatus.SKIPPED));
  }

  @Test
  void whatHasEndedStaysAsItEnded() {
    Claim delivered = story.storeOwned(node, endpoint);
    Settlement success = story.succeeded(delivered);
    story.settle(node, success);
    Claim skipped = story.storeOwned(node, endpoint);
    story.settle(node, unsent(skipped, new Verdict.Skip(SkipReason.WEBHOOKS_OFF)));

    assertThat(ledger.cancel(COMPANY, delivered.id())).isEqualTo(Cancelling.ENDED);
    assertThat(ledger.cancel(COMPANY, skipped.id())).isEqualTo(Cancelling.ENDED);
    assertThat(story.settle(node, success).status()).isEqualTo(DeliveryStatus.DELIVERED);
  }

  @Test
  void aManualAttemptThatWaitsForItsNodeToBeReplacedIsBusy() {
    UUID silent = story.silentNode();
    Claim claim = story.storeOwned(node, endpoint);
    story.settle(node, story.succeeded(claim));
    story.reopened(silent, claim.id());
    ledger.bury(node);

    assertThat(ledger.cancel(COMPANY, claim.id())).isEqualTo(Cancelling.BUSY);
  }
}
