package com.poolbrain.webhooks.testkit.ledger;

import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.notSent;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Results recorded by a node that no longer owns the delivery.
abstract class LateResultContract extends LedgerContractPart {

  private UUID node;
  private UUID late;
  private UUID endpoint;

  @BeforeEach
  void configure() {
    node = fixture.registerNode();
    late = fixture.registerNode();
    endpoint = fixture.configureSingleEndpoint();
  }

  @Test
  void late_failure_is_recorded_without_changing_the_delivery() {
    NewDelivery delivery = fixture.storeUnowned(node, endpoint);
    Claim claim = fixture.claimSingle(node, endpoint);

    assertThat(fixture.recordResult(late, fixture.finalFailure(claim)))
        .isEqualTo(late(delivery.id(), 1, DeliveryStatus.PENDING, DeliveryStatus.PENDING));

    assertThat(fixture.recordResult(node, fixture.failureWithRetry(claim, fixture.secondsAgo(1))))
        .isEqualTo(
            new RecordedResult(
                delivery.id(), 2, DeliveryStatus.PENDING, DeliveryStatus.RETRYING, false, false));
    Claim next = fixture.claimSingle(node, endpoint);
    assertThat(next.scheduleStep()).isEqualTo(1);
    assertThat(next.attempts()).isEqualTo(2);
  }

  @Test
  void late_failure_of_a_waiting_delivery_leaves_it_waiting() {
    Claim claim = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.failureWithRetry(claim, fixture.farFuture()));

    assertThat(fixture.recordResult(late, fixture.finalFailure(claim)))
        .isEqualTo(late(claim.id(), 2, DeliveryStatus.RETRYING, DeliveryStatus.RETRYING));

    assertThat(ledger.unownedBacklogs().getFirst().firstDue()).isEqualTo(fixture.farFuture());
  }

  @Test
  void late_failure_of_an_ended_delivery_leaves_it_ended() {
    Claim claim = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.success(claim));

    assertThat(fixture.recordResult(late, fixture.failureWithRetry(claim, fixture.secondsAgo(1))))
        .isEqualTo(late(claim.id(), 2, DeliveryStatus.DELIVERED, DeliveryStatus.DELIVERED));

    assertThat(ledger.unownedBacklogs()).isEmpty();
    assertThat(fixture.reopen(node, claim.id()).attempts()).isEqualTo(2);
  }

  @Test
  void late_success_delivers_a_delivery_owned_by_another_node() {
    Claim claim = fixture.storeOwned(node, endpoint);

    assertThat(fixture.recordResult(late, fixture.success(claim)))
        .isEqualTo(late(claim.id(), 1, DeliveryStatus.PENDING, DeliveryStatus.DELIVERED));

    assertThat(fixture.recordResult(node, fixture.failureWithRetry(claim, fixture.secondsAgo(1))))
        .isEqualTo(late(claim.id(), 2, DeliveryStatus.DELIVERED, DeliveryStatus.DELIVERED));
    assertThat(ledger.unownedBacklogs()).isEmpty();
  }

  @Test
  void late_success_delivers_a_waiting_delivery() {
    Claim claim = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.failureWithRetry(claim, fixture.secondsAgo(1)));

    assertThat(fixture.recordResult(late, fixture.success(claim)))
        .isEqualTo(late(claim.id(), 2, DeliveryStatus.RETRYING, DeliveryStatus.DELIVERED));

    assertThat(fixture.claim(node, endpoint, 10)).isEmpty();
  }

  @Test
  void late_success_delivers_a_failed_or_skipped_delivery() {
    Claim failed = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.finalFailure(failed));
    Claim skipped = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, notSent(skipped, new Verdict.Skip(SkipReason.CANCELLED)));

    assertThat(fixture.recordResult(late, fixture.success(failed)))
        .isEqualTo(
            late(failed.id(), 2, DeliveryStatus.PERMANENTLY_FAILED, DeliveryStatus.DELIVERED));
    assertThat(fixture.recordResult(late, fixture.success(skipped)))
        .isEqualTo(late(skipped.id(), 1, DeliveryStatus.SKIPPED, DeliveryStatus.DELIVERED));
  }

  @Test
  void repeated_late_results_are_idempotent() {
    Claim claim = fixture.storeOwned(node, endpoint);
    AttemptResult failure = fixture.finalFailure(claim);
    AttemptResult success = fixture.success(claim);
    fixture.recordResult(late, failure);
    fixture.recordResult(late, success);

    assertThat(fixture.recordResult(late, failure))
        .isEqualTo(late(claim.id(), 1, DeliveryStatus.PENDING, DeliveryStatus.DELIVERED));
    assertThat(fixture.recordResult(late, success))
        .isEqualTo(late(claim.id(), 2, DeliveryStatus.PENDING, DeliveryStatus.DELIVERED));
    assertThat(fixture.reopen(node, claim.id()).attempts()).isEqualTo(2);
  }

  @Test
  void late_skip_changes_nothing() {
    Claim claim = fixture.storeOwned(node, endpoint);

    assertThat(
            fixture.recordResult(late, notSent(claim, new Verdict.Skip(SkipReason.WEBHOOKS_OFF))))
        .isEqualTo(late(claim.id(), 0, DeliveryStatus.PENDING, DeliveryStatus.PENDING));

    assertThat(fixture.recordResult(node, fixture.success(claim)).attemptNumber()).isEqualTo(1);
  }

  @Test
  void late_failure_during_a_manual_attempt_is_numbered_before_it() {
    Claim claim = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.finalFailure(claim));
    Claim manual = fixture.reopen(node, claim.id());

    assertThat(fixture.recordResult(late, fixture.finalFailure(claim)))
        .isEqualTo(
            late(
                claim.id(),
                2,
                DeliveryStatus.PERMANENTLY_FAILED,
                DeliveryStatus.PERMANENTLY_FAILED));

    assertThat(fixture.recordResult(node, fixture.success(manual)))
        .isEqualTo(
            new RecordedResult(
                claim.id(),
                3,
                DeliveryStatus.PERMANENTLY_FAILED,
                DeliveryStatus.DELIVERED,
                false,
                false));
  }

  @Test
  void late_success_during_a_manual_attempt_delivers() {
    Claim claim = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.finalFailure(claim));
    Claim manual = fixture.reopen(node, claim.id());

    assertThat(fixture.recordResult(late, fixture.success(claim)))
        .isEqualTo(
            late(claim.id(), 2, DeliveryStatus.PERMANENTLY_FAILED, DeliveryStatus.DELIVERED));

    assertThat(fixture.recordResult(node, fixture.manualFailure(manual)))
        .isEqualTo(
            new RecordedResult(
                claim.id(), 3, DeliveryStatus.DELIVERED, DeliveryStatus.DELIVERED, false, false));
    assertThat(ledger.unownedBacklogs()).isEmpty();
  }

  @Test
  void result_of_an_unknown_delivery_is_late() {
    fixture.store(node, fixture.ownedDelivery(endpoint));
    Claim unknown = fixture.claim(fixture.ownedDelivery(endpoint));

    RecordedResult recordedResult = fixture.recordResult(node, fixture.success(unknown));

    assertThat(recordedResult)
        .isEqualTo(late(unknown.id(), 0, DeliveryStatus.DELIVERED, DeliveryStatus.DELIVERED));
  }

  private static RecordedResult late(
      UUID delivery, int number, DeliveryStatus previousStatus, DeliveryStatus status) {
    return new RecordedResult(delivery, number, previousStatus, status, true, false);
  }
}
