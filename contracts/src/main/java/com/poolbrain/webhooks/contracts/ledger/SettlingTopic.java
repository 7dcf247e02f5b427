package com.poolbrain.webhooks.contracts.ledger;

import static com.poolbrain.webhooks.contracts.ledger.Story.COMPANY;
import static com.poolbrain.webhooks.contracts.ledger.Story.unsent;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.Answer;
import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.Cancelling;
import com.poolbrain.webhooks.engine.Claim;
import com.poolbrain.webhooks.engine.NewDelivery;
import com.poolbrain.webhooks.engine.Settled;
import com.poolbrain.webhooks.engine.Settlement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

abstract class SettlingTopic extends Topic {

  private UUID node;
  private UUID endpoint;

  @BeforeEach
  void configure() {
    node = story.node();
    endpoint = story.onlyEndpoint();
  }

  @Test
  void aSuccessEndsADeliveryAsDelivered() {
    Claim claim = story.storeOwned(node, endpoint);
    assertThat(story.settle(node, story.succeeded(claim)))
        .isEqualTo(onTime(claim, 1, DeliveryStatus.DELIVERED));
    assertThat(ledger.cancel(COMPANY, claim.id())).isEqualTo(Cancelling.ENDED);
  }

  @Test
  void givingUpEndsADeliveryAsPermanentlyFailed() {
    Claim claim = story.storeOwned(node, endpoint);
    assertThat(story.settle(node, story.gaveUp(claim)))
        .isEqualTo(onTime(claim, 1, DeliveryStatus.PERMANENTLY_FAILED));
    assertThat(ledger.cancel(COMPANY, claim.id())).isEqualTo(Cancelling.ENDED);
  }

  @Test
  void aFailedAttemptCanEndADeliveryAsSkipped() {
    Claim claim = story.storeOwned(node, endpoint);
    Settlement settlement = story.failed(claim, new Verdict.Skip(SkipReason.WEBHOOKS_OFF));
    assertThat(story.settle(node, settlement)).isEqualTo(onTime(claim, 1, DeliveryStatus.SKIPPED));
  }

  @ParameterizedTest
  @EnumSource(SkipReason.class)
  void aDeliveryCanEndUnsent(SkipReason reason) {
    Claim claim = story.storeOwned(node, endpoint);
    assertThat(story.settle(node, unsent(claim, new Verdict.Skip(reason))))
        .isEqualTo(onTime(claim, 0, DeliveryStatus.SKIPPED));
    assertThat(ledger.cancel(COMPANY, claim.id())).isEqualTo(Cancelling.ENDED);
  }

  @Test
  void aRetryWaitsWithoutAnOwnerUntilItsTime() {
    Claim claim = story.storeOwned(node, endpoint);

    assertThat(story.settle(node, story.retry(claim, story.later())))
        .isEqualTo(onTime(claim, 1, DeliveryStatus.RETRYING));

    assertThat(story.claim(node, endpoint, 10)).isEmpty();
    assertThat(ledger.backlogs().getFirst().firstDue()).isEqualTo(story.later());
  }

  @Test
  void attemptsAreNumberedAndTheScheduleAdvancesUntilTheEnd() {
    Claim claim = story.storeOwned(node, endpoint);
    for (int step = 0; step < 3; step++) {
      assertThat(claim.step()).isEqualTo(step);
      assertThat(claim.attempts()).isEqualTo(step);
      assertThat(story.settle(node, story.retry(claim, story.earlier(1))))
          .isEqualTo(onTime(claim, step + 1, DeliveryStatus.RETRYING));
      claim = story.claimOnly(node, endpoint);
    }
    assertThat(story.settle(node, story.gaveUp(claim)))
        .isEqualTo(onTime(claim, 4, DeliveryStatus.PERMANENTLY_FAILED));
  }

  @Test
  void aLaterAttemptCanSucceed() {
    Claim claim = retried();
    assertThat(story.settle(node, story.succeeded(claim)))
        .isEqualTo(onTime(claim, 2, DeliveryStatus.DELIVERED));
  }

  @Test
  void aRetryingDeliveryCanEndUnsent() {
    Claim claim = retried();
    assertThat(story.settle(node, unsent(claim, new Verdict.Skip(SkipReason.ENDPOINT_PAUSED))))
        .isEqualTo(onTime(claim, 0, DeliveryStatus.SKIPPED));
  }

  @Test
  void settlingAnEndingAttemptTwiceIsHarmless() {
    Claim claim = story.storeOwned(node, endpoint);
    Settlement settlement = story.succeeded(claim);
    Settled first = story.settle(node, settlement);

    assertThat(story.settle(node, settlement)).isEqualTo(first);
    assertThat(story.settle(story.node(), settlement)).isEqualTo(first);
  }

  @Test
  void settlingARetriedAttemptTwiceIsHarmless() {
    Claim claim = story.storeOwned(node, endpoint);
    Settlement settlement = story.retry(claim, story.earlier(1));
    Settled first = story.settle(node, settlement);

    assertThat(story.settle(node, settlement)).isEqualTo(first);

    Claim second = story.claimOnly(node, endpoint);
    assertThat(second.step()).isEqualTo(1);
    assertThat(second.attempts()).isEqualTo(1);
  }

  @Test
  void aSettlementRepeatedAfterTheNextClaimDoesNotCountForIt() {
    Claim claim = story.storeOwned(node, endpoint);
    Settlement settlement = story.retry(claim, story.earlier(1));
    Settled first = story.settle(node, settlement);
    Claim second = story.claimOnly(node, endpoint);

    assertThat(story.settle(node, settlement)).isEqualTo(first);

    assertThat(story.claim(node, endpoint, 10)).isEmpty();
    assertThat(story.settle(node, story.succeeded(second)))
        .isEqualTo(onTime(claim, 2, DeliveryStatus.DELIVERED));
    assertThat(story.settle(node, settlement))
        .isEqualTo(onTime(claim, 1, DeliveryStatus.DELIVERED));
  }

  @Test
  void theSameAttemptTwiceInOneCallCountsOnce() {
    Claim ending = story.storeOwned(node, endpoint);
    Claim retrying = story.storeOwned(node, endpoint);
    Settlement end = story.succeeded(ending);
    Settlement retry = story.retry(retrying, story.later());

    assertThat(ledger.settle(node, List.of(end, retry, retry, end)))
        .containsExactly(
            onTime(ending, 1, DeliveryStatus.DELIVERED),
            onTime(retrying, 1, DeliveryStatus.RETRYING),
            onTime(retrying, 1, DeliveryStatus.RETRYING),
            onTime(ending, 1, DeliveryStatus.DELIVERED));
  }

  @Test
  void answersComeInTheOrderOfTheSettlementsWhateverBecameOfThem() {
    Claim one = story.storeOwned(node, endpoint);
    Claim two = retried();
    Claim three = story.storeOwned(node, endpoint);
    Claim four = story.storeOwned(node, endpoint);
    Claim five = story.storeOwned(story.node(), endpoint);

    assertThat(
            ledger.settle(
                node,
                List.of(
                    story.gaveUp(five),
                    unsent(four, new Verdict.Skip(SkipReason.CANCELLED)),
                    story.succeeded(three),
                    story.gaveUp(two),
                    story.retry(one, story.later()))))
        .containsExactly(
            new Settled(five.id(), 1, DeliveryStatus.PENDING, true),
            onTime(four, 0, DeliveryStatus.SKIPPED),
            onTime(three, 1, DeliveryStatus.DELIVERED),
            onTime(two, 2, DeliveryStatus.PERMANENTLY_FAILED),
            onTime(one, 1, DeliveryStatus.RETRYING));
  }

  @Test
  void nothingToSettleIsFine() {
    assertThat(ledger.settle(node, List.of())).isEmpty();
  }

  @Test
  void aTestSendEndsWithItsOneAttempt() {
    NewDelivery good = story.testSend(endpoint, true);
    NewDelivery bad = story.testSend(endpoint, true);
    story.store(node, good, bad);
    Claim first = story.claim(good);
    Claim second = story.claim(bad);

    assertThat(story.settle(node, story.succeeded(first)))
        .isEqualTo(onTime(first, 1, DeliveryStatus.DELIVERED));
    assertThat(story.settle(node, story.gaveUp(second)))
        .isEqualTo(onTime(second, 1, DeliveryStatus.PERMANENTLY_FAILED));
  }

  @ParameterizedTest
  @EnumSource(ErrorClass.class)
  void everyKindOfFailureCanBeRecorded(ErrorClass error) {
    Claim claim = story.storeOwned(node, endpoint);
    Outcome outcome = new Outcome.Failed(error);
    Settlement retry =
        new Settlement(
            claim,
            story.attempt(Trigger.AUTOMATIC, outcome),
            new Verdict.RetryAt(story.earlier(1)));
    assertThat(story.settle(node, retry).number()).isEqualTo(1);
    Claim next = story.claimOnly(node, endpoint);
    Settlement end =
        new Settlement(next, story.attempt(Trigger.AUTOMATIC, outcome), new Verdict.GiveUp());
    assertThat(story.settle(node, end).number()).isEqualTo(2);
  }

  @Test
  void anyTextThatAnEndpointAnswersCanBeRecorded() {
    Claim claim = story.storeOwned(node, endpoint);
    String text = "\0 NUL, \uD800 a lone surrogate, \uD83D\uDE00 and \uFFFF";
    Outcome outcome = new Outcome.Delivered(new Answer(200, text));
    Settlement settlement =
        new Settlement(claim, story.attempt(Trigger.AUTOMATIC, outcome), new Verdict.Done());

    assertThat(story.settle(node, settlement).status()).isEqualTo(DeliveryStatus.DELIVERED);
  }

  private Claim retried() {
    Claim claim = story.storeOwned(node, endpoint);
    story.settle(node, story.retry(claim, story.earlier(1)));
    return story.claimOnly(node, endpoint);
  }

  static Settled onTime(Claim claim, int number, DeliveryStatus status) {
    return new Settled(claim.id(), number, status, false);
  }
}
