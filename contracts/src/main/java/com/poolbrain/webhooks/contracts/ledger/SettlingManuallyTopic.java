package com.poolbrain.webhooks.contracts.ledger;

import static com.poolbrain.webhooks.contracts.ledger.Story.FAILURE;
import static com.poolbrain.webhooks.contracts.ledger.Story.unsent;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.Settlement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What manual attempts come to.
abstract class SettlingManuallyTopic extends Topic {

  private UUID node;
  private UUID endpoint;

  @BeforeEach
  void configure() {
    node = story.node();
    endpoint = story.onlyEndpoint();
  }

  @Test
  void aManualAttemptThatFailedLeavesAWaitingDeliveryAsItWas() {
    Claim claim = story.storeOwned(node, endpoint);
    story.settle(node, story.retry(claim, story.later()));
    Claim manual = story.reopened(node, claim.id());

    Settlement failed = story.failed(manual, new Verdict.Unchanged());
    assertThat(story.settle(node, failed))
        .isEqualTo(SettlingTopic.onTime(claim, 2, DeliveryStatus.RETRYING));

    assertThat(ledger.backlogs().getFirst().firstDue()).isEqualTo(story.later());
    Claim again = story.reopened(node, claim.id());
    assertThat(again.step()).isEqualTo(1);
    assertThat(again.attempts()).isEqualTo(2);
  }

  @Test
  void aManualAttemptThatFailedLeavesAPendingDeliveryPending() {
    NewDelivery delivery = story.storeWaiting(node, endpoint);
    Claim manual = story.reopened(node, delivery.id());

    assertThat(story.settle(node, story.unchanged(manual)))
        .isEqualTo(SettlingTopic.onTime(manual, 1, DeliveryStatus.PENDING));

    Claim first = story.claimOnly(node, endpoint);
    assertThat(first.step()).isZero();
    assertThat(first.attempts()).isEqualTo(1);
    assertThat(first.trigger()).isEqualTo(Trigger.AUTOMATIC);
    assertThat(story.settle(node, story.succeeded(first)))
        .isEqualTo(SettlingTopic.onTime(first, 2, DeliveryStatus.DELIVERED));
  }

  @Test
  void aManualAttemptThatWasNotMadeLeavesEverythingAsItWas() {
    Claim retrying = story.storeOwned(node, endpoint);
    story.settle(node, story.retry(retrying, story.earlier(1)));
    Claim ended = story.storeOwned(node, endpoint);
    story.settle(node, story.gaveUp(ended));

    Claim first = story.reopened(node, retrying.id());
    Claim second = story.reopened(node, ended.id());
    assertThat(story.settle(node, unsent(first, new Verdict.Unchanged())))
        .isEqualTo(SettlingTopic.onTime(first, 0, DeliveryStatus.RETRYING));
    assertThat(story.settle(node, unsent(second, new Verdict.Unchanged())))
        .isEqualTo(SettlingTopic.onTime(second, 0, DeliveryStatus.PERMANENTLY_FAILED));

    assertThat(story.claimOnly(node, endpoint).attempts()).isEqualTo(1);
    assertThat(story.reopened(node, ended.id()).attempts()).isEqualTo(1);
  }

  @Test
  void aManualAttemptThatSucceededMakesItDeliveredWhateverItWas() {
    Claim retrying = story.storeOwned(node, endpoint);
    story.settle(node, story.retry(retrying, story.later()));
    Claim failed = story.storeOwned(node, endpoint);
    story.settle(node, story.gaveUp(failed));
    NewDelivery skipped = story.skipped(endpoint, SkipReason.WEBHOOKS_OFF);
    story.store(node, skipped);

    for (UUID id : List.of(retrying.id(), failed.id())) {
      Claim manual = story.reopened(node, id);
      assertThat(story.settle(node, story.succeeded(manual)))
          .isEqualTo(SettlingTopic.onTime(manual, 2, DeliveryStatus.DELIVERED));
    }
    Claim manual = story.reopened(node, skipped.id());
    assertThat(story.settle(node, story.succeeded(manual)))
        .isEqualTo(SettlingTopic.onTime(manual, 1, DeliveryStatus.DELIVERED));
    assertThat(ledger.backlogs()).isEmpty();
  }

  @Test
  void aManualAttemptThatFailedLeavesADeliveredOneDelivered() {
    Claim claim = story.storeOwned(node, endpoint);
    story.settle(node, story.succeeded(claim));
    Claim manual = story.reopened(node, claim.id());
    assertThat(manual.attempts()).isEqualTo(1);

    assertThat(story.settle(node, story.unchanged(manual)))
        .isEqualTo(SettlingTopic.onTime(claim, 2, DeliveryStatus.DELIVERED));
    assertThat(story.reopened(node, claim.id()).attempts()).isEqualTo(2);
  }

  @Test
  void aManualAttemptThatFailedMakesASkippedDeliveryPermanentlyFailed() {
    NewDelivery skipped = story.skipped(endpoint, SkipReason.ENDPOINT_PAUSED);
    story.store(node, skipped);
    Claim manual = story.reopened(node, skipped.id());
    Settlement failed =
        new Settlement(manual, story.attempt(Trigger.MANUAL, FAILURE), new Verdict.Unchanged());

    assertThat(story.settle(node, failed))
        .isEqualTo(SettlingTopic.onTime(manual, 1, DeliveryStatus.PERMANENTLY_FAILED));
    assertThat(story.settle(node, failed))
        .isEqualTo(SettlingTopic.onTime(manual, 1, DeliveryStatus.PERMANENTLY_FAILED));
    assertThat(ledger.backlogs()).isEmpty();
  }
}
