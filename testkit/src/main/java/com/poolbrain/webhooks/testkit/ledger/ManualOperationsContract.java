package com.poolbrain.webhooks.testkit.ledger;

import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.COMPANY;
import static com.poolbrain.webhooks.testkit.ledger.LedgerFixture.notSent;
import static org.assertj.core.api.Assertions.assertThat;

import com.poolbrain.webhooks.domain.DeliveryStatus;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.ledger.AttemptResult;
import com.poolbrain.webhooks.engine.ledger.CancelOutcome;
import com.poolbrain.webhooks.engine.ledger.CancelResult;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped.SkippedDelivery;
import com.poolbrain.webhooks.engine.ledger.NewDelivery;
import com.poolbrain.webhooks.engine.ledger.RecordedResult;
import com.poolbrain.webhooks.engine.ledger.ReopenResult;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Reopening and cancelling of single deliveries.
abstract class ManualOperationsContract extends LedgerContractPart {

  private UUID node;
  private UUID endpoint;

  @BeforeEach
  void configure() {
    node = fixture.registerNode();
    endpoint = fixture.configureSingleEndpoint();
  }

  @Test
  void reopen_of_a_waiting_delivery_claims_it_for_one_manual_attempt() {
    Claim claim = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.failureWithRetry(claim, fixture.farFuture()));

    assertThat(fixture.reopen(node, claim.id()))
        .usingRecursiveComparison()
        .isEqualTo(
            new Claim(
                claim.id(),
                claim.event(),
                endpoint,
                claim.eventName(),
                Trigger.MANUAL,
                1,
                1,
                fixture.farFuture()));
    assertThat(ledger.unownedBacklogs()).isEmpty();
  }

  @Test
  void reopen_of_an_ended_delivery_claims_it_for_one_manual_attempt() {
    Claim claim = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.success(claim));

    Claim manual = fixture.reopen(node, claim.id());

    assertThat(manual)
        .usingRecursiveComparison()
        .ignoringFields("dueAt")
        .isEqualTo(
            new Claim(
                claim.id(),
                claim.event(),
                endpoint,
                claim.eventName(),
                Trigger.MANUAL,
                0,
                1,
                fixture.now()));
    assertThat(ledger.unownedBacklogs()).isEmpty();
  }

  @Test
  void reopen_and_cancel_of_an_owned_delivery_are_busy() {
    Claim open = fixture.storeOwned(node, endpoint);
    Claim ended = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.success(ended));
    fixture.reopen(node, ended.id());
    UUID other = fixture.registerNode();

    for (UUID callingNode : new UUID[] {node, other}) {
      for (UUID id : new UUID[] {open.id(), ended.id()}) {
        assertThat(ledger.reopen(callingNode, COMPANY, id)).isInstanceOf(ReopenResult.Busy.class);
        assertThat(ledger.cancel(COMPANY, id).result()).isEqualTo(CancelResult.BUSY);
      }
    }
  }

  @Test
  void delivery_can_be_reopened_repeatedly() {
    Claim claim = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.finalFailure(claim));
    for (int number = 2; number < 6; number++) {
      Claim manual = fixture.reopen(node, claim.id());
      assertThat(fixture.recordResult(node, fixture.manualFailure(manual)))
          .isEqualTo(
              ResultContract.onTimeResult(
                  claim,
                  number,
                  DeliveryStatus.PERMANENTLY_FAILED,
                  DeliveryStatus.PERMANENTLY_FAILED));
    }
  }

  @Test
  void ended_test_delivery_can_be_reopened() {
    NewDelivery test = fixture.testDelivery(endpoint, true);
    fixture.store(node, test);
    fixture.recordResult(node, fixture.finalFailure(fixture.claim(test)));

    Claim manual = fixture.reopen(node, test.id());

    assertThat(fixture.recordResult(node, fixture.success(manual)))
        .isEqualTo(
            new RecordedResult(
                test.id(),
                2,
                DeliveryStatus.PERMANENTLY_FAILED,
                DeliveryStatus.DELIVERED,
                false,
                true));
  }

  @Test
  void delivery_of_another_company_is_unknown() {
    NewDelivery open = fixture.storeUnowned(node, endpoint);
    Claim ended = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.success(ended));

    for (UUID id : new UUID[] {open.id(), ended.id(), fixture.newId()}) {
      assertThat(ledger.reopen(node, 41, id)).isInstanceOf(ReopenResult.NotFound.class);
      assertThat(ledger.cancel(41, id).result()).isEqualTo(CancelResult.NOT_FOUND);
    }
    assertThat(ledger.reopen(node, COMPANY, fixture.newId()))
        .isInstanceOf(ReopenResult.NotFound.class);
    assertThat(ledger.cancel(COMPANY, fixture.newId()).result()).isEqualTo(CancelResult.NOT_FOUND);
  }

  @Test
  void waiting_delivery_can_be_cancelled() {
    Claim claim = fixture.storeOwned(node, endpoint);
    AttemptResult attempt = fixture.failureWithRetry(claim, fixture.secondsAgo(1));
    fixture.recordResult(node, attempt);

    assertThat(ledger.cancel(COMPANY, claim.id()))
        .isEqualTo(
            CancelOutcome.cancelled(
                new DeliveriesSkipped(
                    COMPANY,
                    endpoint,
                    SkipReason.CANCELLED,
                    List.of(new SkippedDelivery(claim.id(), claim.eventName())))));

    assertThat(fixture.claim(node, endpoint, 10)).isEmpty();
    assertThat(ledger.cancel(COMPANY, claim.id()).result()).isEqualTo(CancelResult.ALREADY_ENDED);
    assertThat(fixture.recordResult(node, attempt))
        .isEqualTo(ResultContract.onTimeResult(claim, 1, DeliveryStatus.SKIPPED));
  }

  @Test
  void cancel_of_an_ended_delivery_changes_nothing() {
    Claim delivered = fixture.storeOwned(node, endpoint);
    AttemptResult success = fixture.success(delivered);
    fixture.recordResult(node, success);
    Claim skipped = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, notSent(skipped, new Verdict.Skip(SkipReason.WEBHOOKS_OFF)));

    assertThat(ledger.cancel(COMPANY, delivered.id()).result())
        .isEqualTo(CancelResult.ALREADY_ENDED);
    assertThat(ledger.cancel(COMPANY, skipped.id()).result()).isEqualTo(CancelResult.ALREADY_ENDED);
    assertThat(fixture.recordResult(node, success).status()).isEqualTo(DeliveryStatus.DELIVERED);
  }

  @Test
  void cancel_of_an_interrupted_manual_attempt_is_busy() {
    UUID expiredNode = fixture.registerExpiredNode();
    Claim claim = fixture.storeOwned(node, endpoint);
    fixture.recordResult(node, fixture.success(claim));
    fixture.reopen(expiredNode, claim.id());
    ledger.expireDeadNodes(node);

    assertThat(ledger.cancel(COMPANY, claim.id()).result()).isEqualTo(CancelResult.BUSY);
  }
}
