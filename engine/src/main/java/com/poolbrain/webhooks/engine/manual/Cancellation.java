package com.poolbrain.webhooks.engine.manual;

import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Verdict.Skip;
import com.poolbrain.webhooks.engine.attempt.ResultWriter;
import com.poolbrain.webhooks.engine.dispatch.DeliveryDispatcher;
import com.poolbrain.webhooks.engine.dispatch.OwnedClaim;
import com.poolbrain.webhooks.engine.ledger.AttemptResult.NotSent;
import com.poolbrain.webhooks.engine.ledger.CancelOutcome;
import com.poolbrain.webhooks.engine.ledger.CancelResult;
import com.poolbrain.webhooks.engine.ledger.DeliveriesSkipped;
import com.poolbrain.webhooks.engine.ledger.DeliveryRecorded;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.manual.PendingResults.PendingResult;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;

/// Cancels a delivery that waits.
public final class Cancellation {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Ledger ledger;
  private final DeliveryDispatcher dispatcher;
  private final ResultWriter results;
  private final PendingResults pendingResults;
  private final Consumer<DeliveriesSkipped> onSkipped;

  /// Cancels in the queues of this node, or else in the ledger.
  ///
  /// @param onSkipped called for a delivery that was cancelled in the ledger
  public Cancellation(
      Ledger ledger,
      DeliveryDispatcher dispatcher,
      ResultWriter results,
      PendingResults pendingResults,
      Consumer<DeliveriesSkipped> onSkipped) {
    this.ledger = ledger;
    this.dispatcher = dispatcher;
    this.results = results;
    this.pendingResults = pendingResults;
    this.onSkipped = onSkipped;
  }

  /// Takes a delivery out of its queue and records it as skipped.
  public StartedOperation<CancelResult> start(long companyId, UUID deliveryId) {
    PendingResult pending = pendingResults.register(deliveryId);
    if (pending == null) {
      return () -> CancelResult.BUSY;
    }
    OwnedClaim waiting = dispatcher.removeWaiting(companyId, deliveryId);
    if (waiting == null) {
      pendingResults.abandon(deliveryId);
      CancelOutcome outcome = ledger.cancel(companyId, deliveryId);
      if (outcome.skipped() != null) {
        onSkipped.accept(outcome.skipped());
      }
      return outcome::result;
    }
    results.write(
        waiting.incarnation(), new NotSent(waiting.claim(), new Skip(SkipReason.CANCELLED)));
    return () -> toResult(pendingResults.await(pending, TIMEOUT));
  }

  private static CancelResult toResult(DeliveryRecorded event) {
    return switch (event.recorded().status()) {
      case SKIPPED -> CancelResult.CANCELLED;
      case PENDING, DELIVERING, RETRYING -> CancelResult.BUSY;
      case DELIVERED, PERMANENTLY_FAILED -> CancelResult.ALREADY_ENDED;
    };
  }
}
