package com.poolbrain.webhooks.contracts.ledger;

import static com.poolbrain.webhooks.contracts.ledger.Story.COMPANY;
import static com.poolbrain.webhooks.contracts.ledger.Story.NAME;
import static com.poolbrain.webhooks.contracts.ledger.Story.OTHER_NAME;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.engine.Cancelling;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.Settlement;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class SkippingTopic extends Topic {

  private UUID node;
  private UUID endpoint;

  @BeforeEach
  void configure() {
    node = story.node();
    endpoint = story.onlyEndpoint();
  }

  @Test
  void waitingDeliveriesOfAnEndpointEndUnsentDueOrNot() {
    NewDelivery due = story.storeWaiting(node, endpoint);
    Claim retried = story.storeOwned(node, endpoint);
    Settlement attempt = story.retry(retried, story.later());
    story.settle(node, attempt);
    NewDelivery elsewhere = story.storeWaiting(node, story.id());

    assertThat(skip(List.of(), 10)).hasValue(2);

    assertThat(ledger.cancel(COMPANY, due.id())).isEqualTo(Cancelling.ENDED);
    assertThat(story.settle(node, attempt).status()).isEqualTo(DeliveryStatus.SKIPPED);
    assertThat(ledger.cancel(COMPANY, elsewhere.id())).isEqualTo(Cancelling.CANCELLED);
  }

  @Test
  void attemptsOnRecordStayOnRecord() {
    Claim retried = story.storeOwned(node, endpoint);
    story.settle(node, story.retry(retried, story.later()));
    skip(List.of(), 10);

    assertThat(story.reopened(node, retried.id()).attempts()).isEqualTo(1);
  }

  @Test
  void deliveriesWithAnOwnerAreLeftToIt() {
    Claim owned = story.storeOwned(node, endpoint);

    assertThat(skip(List.of(), 10)).hasValue(0);

    assertThat(story.settle(node, story.succeeded(owned)).late()).isFalse();
  }

  @Test
  void namesThatAreStillTickedAreKept() {
    NewDelivery kept = story.waiting(endpoint, NAME);
    NewDelivery dropped = story.waiting(endpoint, OTHER_NAME);
    story.store(node, kept, dropped);

    assertThat(skip(List.of(NAME, "something.else"), 10)).hasValue(1);

    assertThat(story.claimOnly(node, endpoint).id()).isEqualTo(kept.id());
  }

  @Test
  void noMoreThanTheLimitEndAtATime() {
    story.store(node, story.many(7, endpoint).toArray(NewDelivery[]::new));

    assertThat(skip(List.of(), 5)).hasValue(5);
    assertThat(skip(List.of(), 5)).hasValue(2);
    assertThat(skip(List.of(), 5)).hasValue(0);
  }

  @Test
  void nothingEndsIfTheConfigurationHasChangedMeanwhile() {
    NewDelivery waiting = story.storeWaiting(node, endpoint);
    long before = story.version();
    story.configure(7);

    assertThat(ledger.skip(before, endpoint, SkipReason.WEBHOOKS_OFF, List.of(), 10)).isEmpty();

    assertThat(story.claimOnly(node, endpoint).id()).isEqualTo(waiting.id());
  }

  @Test
  void onlyWhatTheScheduleStartedIsSkipped() {
    UUID silent = story.silentNode();
    story.store(silent, story.testSend(endpoint, true));
    Claim ended = story.storeOwned(node, endpoint);
    story.settle(node, story.succeeded(ended));
    story.reopened(silent, ended.id());
    ledger.bury(node);

    assertThat(skip(List.of(), 10)).hasValue(0);

    assertThat(story.claim(node, endpoint, 10)).hasSize(2);
  }

  private OptionalInt skip(List<String> keep, int limit) {
    return ledger.skip(story.version(), endpoint, SkipReason.UNSUBSCRIBED, keep, limit);
  }
}
