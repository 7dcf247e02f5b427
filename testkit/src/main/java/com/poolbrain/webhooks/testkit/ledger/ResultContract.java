package com.poolbrain.webhooks.testkit.ledger;

import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.COMPANY;
import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.notSent;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.EndpointResponse;
import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.Outcome;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.CancelResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

abstract class ResultContract extends LedgerContractPart {

  private UUID node;
  private UUID endpoint;

  @BeforeEach
  void configure() {
    node = fixture.registerNode();
    endpoint = fixture.configureSingleEndpoint();
  }

  @Test
  void success_ends_a_delivery_as_delivered() {
    Claim claim = fixture.storeOwned(node, endpoint);
    assertThat(fixture.recordResult(node, fixture.success(claim)))
        .isEqualTo(onTimeResult(claim, 1, DeliveryStatus.DELIVERED));
    assertThat(ledger.cancel(COMPANY, claim.id()).result()).isEqualTo(CancelResult.ALREADY_ENDED);
  }

  @Test
  void final_failure_ends_a_delivery_as_permanently_failed() {
    Claim claim = fixture.storeOwned(node, endpoint);
    assertThat(fixture.recordResult(node, fixture.finalFailure(claim)))
        .isEqualTo(onTimeResult(claim, 1, DeliveryStatus.PERMANENTLY_FAILED));
    assertThat(ledger.cancel(COMPANY, claim.id()).result()).isEqualTo(CancelResult.ALREADY_ENDED);
  }

  @Test
  void failed_attempt_can_end_a_delivery_as_skipped() {
    Claim claim = fixture.storeOwned(node, endpoint);
    AttemptResult attemptResult = fixture.failure(claim, new Verdict.Skip(SkipReason.WEBHOOKS_OFF));
    assertThat(fixture.recordResult(node, attemptResult))
        .isEqualTo(onTimeResult(claim, 1, DeliveryStatus.SKIPPED));
  }

  @ParameterizedTest
  @EnumSource(SkipReason.class)
  void delivery_can_be_skipped_without_an_attempt(SkipReason reason) {
    Claim claim = fixture.storeOwned(node, endpoint);
    assertThat(fixture.recordResult(node, notSent(claim, new Verdict.Skip(reason))))
        .isEqualTo(onTimeResult(claim, 0, DeliveryStatus.SKIPPED));
    assertThat(ledger.cancel(COMPANY, claim.id()).result()).isEqualTo(CancelResult.ALREADY_ENDED);
  }

  @Test
  void retry_is_unowned_and_not_claimable_until_due() {
    Claim claim = fixture.storeOwned(node, endpoint);

    assertThat(fixture.recordResult(node, fixture.failureWithRetry(claim, fixture.farFuture())))
        .isEqualTo(onTimeResult(claim, 1, DeliveryStatus.RETRYING));

    assertThat(fixture.claim(node, endpoint, 10)).isEmpty();
    assertThat(ledger.unownedBacklogs().getFirst().firstDue()).isEqualTo(fixture.farFuture());
  }

  @Test
  void each_retry_advances_attempt_number_and_schedule_step() {
    Claim claim = fixture.storeOwned(node, endpoint);
    for (int step = 0; step < 3; step++) {
      assertThat(claim.scheduleStep()).isEqualTo(step);
      assertThat(claim.attempts()).isEqualTo(step);
      assertThat(fixture.recordResult(node, fixture.failureWithRetry(claim, fixture.secondsAgo(1))))
          .isEqualTo(onTimeResult(claim, step + 1, DeliveryStatus.RETRYING));
      claim = fixture.claimSingle(node, endpoint);
    }
    assertThat(fixture.recordResult(node, fixture.finalFailure(claim)))
        .isEqualTo(onTimeResult(claim, 4, DeliveryStatus.PERMANENTLY_FAILED));
  }

  @Test
  void second_attempt_can_succeed() {
    Claim claim = storeRetriedAndClaim();
    assertThat(fixture.recordResult(node, fixture.success(claim)))
        .isEqualTo(onTimeResult(claim, 2, DeliveryStatus.DELIVERED));
  }

  @Test
  void retrying_delivery_can_be_skipped_without_an_attempt() {
    Claim claim = storeRetriedAndClaim();
    assertThat(
            fixture.recordResult(
                node, notSent(claim, new Verdict.Skip(SkipReason.ENDPOINT_PAUSED))))
        .isEqualTo(onTimeResult(claim, 0, DeliveryStatus.SKIPPED));
  }

  @Test
  void repeated_final_result_is_idempotent() {
    Claim claim = fixture.storeOwned(node, endpoint);
    AttemptResult attemptResult = fixture.success(claim);
    RecordedResult first = fixture.recordResult(node, attemptResult);

    assertThat(fixture.recordResult(node, attemptResult)).isEqualTo(first);
    assertThat(fixture.recordResult(fixture.registerNode(), attemptResult)).isEqualTo(first);
  }

  @Test
  void repeated_retry_result_is_idempotent() {
    Claim claim = fixture.storeOwned(node, endpoint);
    AttemptResult attemptResult = fixture.failureWithRetry(claim, fixture.secondsAgo(1));
    RecordedResult first = fixture.recordResult(node, attemptResult);

    assertThat(fixture.recordResult(node, attemptResult)).isEqualTo(first);

    Claim second = fixture.claimSingle(node, endpoint);
    assertThat(second.scheduleStep()).isEqualTo(1);
    assertThat(second.attempts()).isEqualTo(1);
  }

  @Test
  void result_repeated_after_the_next_claim_does_not_affect_it() {
    Claim claim = fixture.storeOwned(node, endpoint);
    AttemptResult attemptResult = fixture.failureWithRetry(claim, fixture.secondsAgo(1));
    RecordedResult first = fixture.recordResult(node, attemptResult);
    Claim second = fixture.claimSingle(node, endpoint);

    assertThat(fixture.recordResult(node, attemptResult)).isEqualTo(first);

    assertThat(fixture.claim(node, endpoint, 10)).isEmpty();
    assertThat(fixture.recordResult(node, fixture.success(second)))
        .isEqualTo(onTimeResult(second, 2, DeliveryStatus.DELIVERED));
    assertThat(fixture.recordResult(node, attemptResult))
        .isEqualTo(onTimeResult(claim, 1, DeliveryStatus.DELIVERED));
  }

  @Test
  void duplicate_result_in_one_batch_counts_once() {
    Claim ending = fixture.storeOwned(node, endpoint);
    Claim retrying = fixture.storeOwned(node, endpoint);
    AttemptResult end = fixture.success(ending);
    AttemptResult retry = fixture.failureWithRetry(retrying, fixture.farFuture());

    assertThat(ledger.recordResults(node, List.of(end, retry, retry, end)))
        .containsExactly(
            onTimeResult(ending, 1, DeliveryStatus.DELIVERED),
            onTimeResult(retrying, 1, DeliveryStatus.RETRYING),
            onTimeResult(retrying, 1, DeliveryStatus.RETRYING),
            onTimeResult(ending, 1, DeliveryStatus.DELIVERED));
  }

  @Test
  void recorded_results_come_in_the_order_of_the_batch() {
    Claim claim1 = fixture.storeOwned(node, endpoint);
    Claim claim2 = storeRetriedAndClaim();
    Claim claim3 = fixture.storeOwned(node, endpoint);
    Claim claim4 = fixture.storeOwned(node, endpoint);
    Claim claim5 = fixture.storeOwned(fixture.registerNode(), endpoint);

    assertThat(
            ledger.recordResults(
                node,
                List.of(
                    fixture.finalFailure(claim5),
                    notSent(claim4, new Verdict.Skip(SkipReason.CANCELLED)),
                    fixture.success(claim3),
                    fixture.finalFailure(claim2),
                    fixture.failureWithRetry(claim1, fixture.farFuture()))))
        .containsExactly(
            new RecordedResult(
                claim5.id(), 1, DeliveryStatus.PENDING, DeliveryStatus.PENDING, true, false),
            onTimeResult(claim4, 0, DeliveryStatus.SKIPPED),
            onTimeResult(claim3, 1, DeliveryStatus.DELIVERED),
            onTimeResult(claim2, 2, DeliveryStatus.PERMANENTLY_FAILED),
            onTimeResult(claim1, 1, DeliveryStatus.RETRYING));
  }

  @Test
  void empty_batch_records_nothing() {
    assertThat(ledger.recordResults(node, List.of())).isEmpty();
  }

  @Test
  void test_delivery_ends_with_its_only_attempt() {
    NewDelivery succeedingTest = fixture.testDelivery(endpoint, true);
    NewDelivery failingTest = fixture.testDelivery(endpoint, true);
    fixture.store(node, succeedingTest, failingTest);
    Claim first = fixture.claim(succeedingTest);
    Claim second = fixture.claim(failingTest);

    assertThat(fixture.recordResult(node, fixture.success(first)))
        .isEqualTo(onTimeResult(first, 1, DeliveryStatus.DELIVERED));
    assertThat(fixture.recordResult(node, fixture.finalFailure(second)))
        .isEqualTo(onTimeResult(second, 1, DeliveryStatus.PERMANENTLY_FAILED));
  }

  @ParameterizedTest
  @EnumSource(ErrorClass.class)
  void every_error_class_can_be_recorded(ErrorClass error) {
    Claim claim = fixture.storeOwned(node, endpoint);
    Outcome outcome = new Outcome.Failed(error);
    AttemptResult retry =
        new AttemptResult.Sent(
            claim,
            fixture.newAttempt(Trigger.AUTOMATIC, outcome),
            new Verdict.RetryAt(fixture.secondsAgo(1)));
    assertThat(fixture.recordResult(node, retry).attemptNumber()).isEqualTo(1);
    Claim next = fixture.claimSingle(node, endpoint);
    AttemptResult end =
        new AttemptResult.Sent(
            next, fixture.newAttempt(Trigger.AUTOMATIC, outcome), new Verdict.GiveUp());
    assertThat(fixture.recordResult(node, end).attemptNumber()).isEqualTo(2);
  }

  @Test
  void any_response_body_text_can_be_recorded() {
    Claim claim = fixture.storeOwned(node, endpoint);
    String text = "\0 NUL, \uD800 a lone surrogate, \uD83D\uDE00 and \uFFFF";
    Outcome outcome = new Outcome.Delivered(new EndpointResponse(200, text));
    AttemptResult attemptResult =
        new AttemptResult.Sent(
            claim, fixture.newAttempt(Trigger.AUTOMATIC, outcome), new Verdict.Done());

    assertThat(fixture.recordResult(node, attemptResult).status())
        .isEqualTo(DeliveryStatus.DELIVERED);
  }

  private Claim storeRetriedAndClaim() {
    Claim claim = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.failureWithRetry(claim, fixture.secondsAgo(1)));
    return fixture.claimSingle(node, endpoint);
  }

  /// The result of a delivery that had not ended when it was claimed.
  static RecordedResult onTimeResult(Claim claim, int number, DeliveryStatus status) {
    DeliveryStatus previousStatus =
        claim.scheduleStep() == 0 ? DeliveryStatus.PENDING : DeliveryStatus.RETRYING;
    return onTimeResult(claim, number, previousStatus, status);
  }

  static RecordedResult onTimeResult(
      Claim claim, int number, DeliveryStatus previousStatus, DeliveryStatus status) {
    boolean test = claim.trigger() == Trigger.TEST;
    return new RecordedResult(claim.id(), number, previousStatus, status, false, test);
  }
}
