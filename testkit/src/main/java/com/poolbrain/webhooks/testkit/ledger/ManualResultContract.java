package com.poolbrain.webhooks.testkit.ledger;

import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.FAILURE;
import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.notSent;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Recording of manual attempts.
abstract class ManualResultContract extends LedgerContractPart {

  private UUID node;
  private UUID endpoint;

  @BeforeEach
  void configure() {
    node = fixture.registerNode();
    endpoint = fixture.configureSingleEndpoint();
  }

  @Test
  void failed_manual_attempt_leaves_a_retrying_delivery_unchanged() {
    Claim claim = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.failureWithRetry(claim, fixture.farFuture()));
    Claim manual = fixture.reopen(node, claim.id());

    AttemptResult failed = fixture.failure(manual, new Verdict.Unchanged());
    assertThat(fixture.recordResult(node, failed))
        .isEqualTo(
            ResultContract.onTimeResult(
                claim, 2, DeliveryStatus.RETRYING, DeliveryStatus.RETRYING));

    assertThat(ledger.unownedBacklogs().getFirst().firstDue()).isEqualTo(fixture.farFuture());
    Claim secondManual = fixture.reopen(node, claim.id());
    assertThat(secondManual.scheduleStep()).isEqualTo(1);
    assertThat(secondManual.attempts()).isEqualTo(2);
  }

  @Test
  void failed_manual_attempt_leaves_a_pending_delivery_pending() {
    NewDelivery delivery = fixture.storeUnowned(node, endpoint);
    Claim manual = fixture.reopen(node, delivery.id());

    assertThat(fixture.recordResult(node, fixture.manualFailure(manual)))
        .isEqualTo(ResultContract.onTimeResult(manual, 1, DeliveryStatus.PENDING));

    Claim first = fixture.claimSingle(node, endpoint);
    assertThat(first.scheduleStep()).isZero();
    assertThat(first.attempts()).isEqualTo(1);
    assertThat(first.trigger()).isEqualTo(Trigger.AUTOMATIC);
    assertThat(fixture.recordResult(node, fixture.success(first)))
        .isEqualTo(ResultContract.onTimeResult(first, 2, DeliveryStatus.DELIVERED));
  }

  @Test
  void manual_attempt_that_was_not_sent_changes_nothing() {
    Claim retrying = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.failureWithRetry(retrying, fixture.secondsAgo(1)));
    Claim ended = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.finalFailure(ended));

    Claim first = fixture.reopen(node, retrying.id());
    Claim second = fixture.reopen(node, ended.id());
    assertThat(fixture.recordResult(node, notSent(first, new Verdict.Unchanged())))
        .isEqualTo(ResultContract.onTimeResult(first, 0, DeliveryStatus.RETRYING));
    assertThat(fixture.recordResult(node, notSent(second, new Verdict.Unchanged())))
        .isEqualTo(
            ResultContract.onTimeResult(
                second, 0, DeliveryStatus.PERMANENTLY_FAILED, DeliveryStatus.PERMANENTLY_FAILED));

    assertThat(fixture.claimSingle(node, endpoint).attempts()).isEqualTo(1);
    assertThat(fixture.reopen(node, ended.id()).attempts()).isEqualTo(1);
  }

  @Test
  void successful_manual_attempt_delivers_from_every_status() {
    Claim retrying = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.failureWithRetry(retrying, fixture.farFuture()));
    Claim failed = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.finalFailure(failed));
    NewDelivery skipped = fixture.skippedDelivery(endpoint, SkipReason.WEBHOOKS_OFF);
    fixture.store(node, skipped);

    for (UUID id : List.of(retrying.id(), failed.id())) {
      Claim manual = fixture.reopen(node, id);
      assertThat(fixture.recordResult(node, fixture.success(manual)))
          .isEqualTo(
              ResultContract.onTimeResult(
                  manual,
                  2,
                  id.equals(failed.id())
                      ? DeliveryStatus.PERMANENTLY_FAILED
                      : DeliveryStatus.RETRYING,
                  DeliveryStatus.DELIVERED));
    }
    Claim manual = fixture.reopen(node, skipped.id());
    assertThat(fixture.recordResult(node, fixture.success(manual)))
        .isEqualTo(
            ResultContract.onTimeResult(
                manual, 1, DeliveryStatus.SKIPPED, DeliveryStatus.DELIVERED));
    assertThat(ledger.unownedBacklogs()).isEmpty();
  }

  @Test
  void failed_manual_attempt_leaves_a_delivered_delivery_delivered() {
    Claim claim = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.success(claim));
    Claim manual = fixture.reopen(node, claim.id());
    assertThat(manual.attempts()).isEqualTo(1);

    assertThat(fixture.recordResult(node, fixture.manualFailure(manual)))
        .isEqualTo(
            ResultContract.onTimeResult(
                claim, 2, DeliveryStatus.DELIVERED, DeliveryStatus.DELIVERED));
    assertThat(fixture.reopen(node, claim.id()).attempts()).isEqualTo(2);
  }

  @Test
  void failed_manual_attempt_makes_a_skipped_delivery_permanently_failed() {
    NewDelivery skipped = fixture.skippedDelivery(endpoint, SkipReason.ENDPOINT_PAUSED);
    fixture.store(node, skipped);
    Claim manual = fixture.reopen(node, skipped.id());
    AttemptResult failed =
        new AttemptResult.Sent(
            manual, fixture.newAttempt(Trigger.MANUAL, FAILURE), new Verdict.Unchanged());

    assertThat(fixture.recordResult(node, failed))
        .isEqualTo(
            ResultContract.onTimeResult(
                manual, 1, DeliveryStatus.SKIPPED, DeliveryStatus.PERMANENTLY_FAILED));
    assertThat(fixture.recordResult(node, failed))
        .isEqualTo(
            ResultContract.onTimeResult(
                manual, 1, DeliveryStatus.SKIPPED, DeliveryStatus.PERMANENTLY_FAILED));
    assertThat(ledger.unownedBacklogs()).isEmpty();
  }
}
