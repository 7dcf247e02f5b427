package com.poolbrain.webhooks.contracts.ledger;

import static com.poolbrain.webhooks.contracts.ledger.Story.unsent;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Settlement;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Settlements by somebody who no longer owns the delivery.
abstract class SettlingLateTopic extends Topic {

  private UUID node;
  private UUID late;
  private UUID endpoint;

  @BeforeEach
  void configure() {
    node = story.node();
    late = story.node();
    endpoint = story.onlyEndpoint();
  }

  @Test
  void aLateFailureIsRecordedAndChangesNothing() {
    NewDelivery delivery = story.storeWaiting(node, endpoint);
    Claim claim = story.claimOnly(node, endpoint);

    assertThat(story.settle(late, story.gaveUp(claim)))
        .isEqualTo(late(delivery.id(), 1, DeliveryStatus.PENDING));

    assertThat(story.settle(node, story.retry(claim, story.earlier(1))))
        .isEqualTo(new Settled(delivery.id(), 2, DeliveryStatus.RETRYING, false));
    Claim next = story.claimOnly(node, endpoint);
    assertThat(next.step()).isEqualTo(1);
    assertThat(next.attempts()).isEqualTo(2);
  }

  @Test
  void aLateFailureOfAWaitingDeliveryLeavesItWaiting() {
    Claim claim = story.storeOwned(node, endpoint);
    story.settle(node, story.retry(claim, story.later()));

    assertThat(story.settle(late, story.gaveUp(claim)))
        .isEqualTo(late(claim.id(), 2, DeliveryStatus.RETRYING));

    assertThat(ledger.backlogs().getFirst().firstDue()).isEqualTo(story.later());
  }

  @Test
  void aLateFailureOfAnEndedDeliveryLeavesItEnded() {
    Claim claim = story.storeOwned(node, endpoint);
    story.settle(node, story.succeeded(claim));

    assertThat(story.settle(late, story.retry(claim, story.earlier(1))))
        .isEqualTo(late(claim.id(), 2, DeliveryStatus.DELIVERED));

    assertThat(ledger.backlogs()).isEmpty();
    assertThat(story.reopened(node, claim.id()).attempts()).isEqualTo(2);
  }

  @Test
  void aLateSuccessDeliversWhatAnotherNodeHolds() {
    Claim claim = story.storeOwned(node, endpoint);

    assertThat(story.settle(late, story.succeeded(claim)))
        .isEqualTo(late(claim.id(), 1, DeliveryStatus.DELIVERED));

    assertThat(story.settle(node, story.retry(claim, story.earlier(1))))
        .isEqualTo(late(claim.id(), 2, DeliveryStatus.DELIVERED));
    assertThat(ledger.backlogs()).isEmpty();
  }

  @Test
  void aLateSuccessDeliversWhatWaits() {
    Claim claim = story.storeOwned(node, endpoint);
    story.settle(node, story.retry(claim, story.earlier(1)));

    assertThat(story.settle(late, story.succeeded(claim)))
        .isEqualTo(late(claim.id(), 2, DeliveryStatus.DELIVERED));

    assertThat(story.claim(node, endpoint, 10)).isEmpty();
  }

  @Test
  void aLateSuccessDeliversWhatHadFailedOrWasSkipped() {
    Claim failed = story.storeOwned(node, endpoint);
    story.settle(node, story.gaveUp(failed));
    Claim skipped = story.storeOwned(node, endpoint);
    story.settle(node, unsent(skipped, new Verdict.Skip(SkipReason.CANCELLED)));

    assertThat(story.settle(late, story.succeeded(failed)))
        .isEqualTo(late(failed.id(), 2, DeliveryStatus.DELIVERED));
    assertThat(story.settle(late, story.succeeded(skipped)))
        .isEqualTo(late(skipped.id(), 1, DeliveryStatus.DELIVERED));
  }

  @Test
  void settlingLateTwiceIsHarmless() {
    Claim claim = story.storeOwned(node, endpoint);
    Settlement failure = story.gaveUp(claim);
    Settlement success = story.succeeded(claim);
    story.settle(late, failure);
    story.settle(late, success);

    assertThat(story.settle(late, failure))
        .isEqualTo(late(claim.id(), 1, DeliveryStatus.DELIVERED));
    assertThat(story.settle(late, success))
        .isEqualTo(late(claim.id(), 2, DeliveryStatus.DELIVERED));
    assertThat(story.reopened(node, claim.id()).attempts()).isEqualTo(2);
  }

  @Test
  void toSkipLateChangesNothing() {
    Claim claim = story.storeOwned(node, endpoint);

    assertThat(story.settle(late, unsent(claim, new Verdict.Skip(SkipReason.WEBHOOKS_OFF))))
        .isEqualTo(late(claim.id(), 0, DeliveryStatus.PENDING));

    assertThat(story.settle(node, story.succeeded(claim)).number()).isEqualTo(1);
  }

  @Test
  void aLateFailureBesideARunningManualAttemptIsNumberedBeforeIt() {
    Claim claim = story.storeOwned(node, endpoint);
    story.settle(node, story.gaveUp(claim));
    Claim manual = story.reopened(node, claim.id());

    assertThat(story.settle(late, story.gaveUp(claim)))
        .isEqualTo(late(claim.id(), 2, DeliveryStatus.PERMANENTLY_FAILED));

    assertThat(story.settle(node, story.succeeded(manual)))
        .isEqualTo(new Settled(claim.id(), 3, DeliveryStatus.DELIVERED, false));
  }

  @Test
  void aLateSuccessBesideARunningManualAttemptDelivers() {
    Claim claim = story.storeOwned(node, endpoint);
    story.settle(node, story.gaveUp(claim));
    Claim manual = story.reopened(node, claim.id());

    assertThat(story.settle(late, story.succeeded(claim)))
        .isEqualTo(late(claim.id(), 2, DeliveryStatus.DELIVERED));

    assertThat(story.settle(node, story.unchanged(manual)))
        .isEqualTo(new Settled(claim.id(), 3, DeliveryStatus.DELIVERED, false));
    assertThat(ledger.backlogs()).isEmpty();
  }

  @Test
  void whatIsSettledForADeliveryThatIsNotThereIsLate() {
    story.store(node, story.owned(endpoint));
    Claim unknown = story.claim(story.owned(endpoint));

    Settled settled = story.settle(node, story.succeeded(unknown));

    assertThat(settled).isEqualTo(late(unknown.id(), 0, DeliveryStatus.DELIVERED));
  }

  private static Settled late(UUID delivery, int number, DeliveryStatus status) {
    return new Settled(delivery, number, status, true);
  }
}
