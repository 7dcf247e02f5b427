package com.poolbrain.webhooks.engine.manual;

import com.poolbrain.webhooks.domain.Verdict.Unchanged;
import com.poolbrain.webhooks.engine.attempt.ResultWriter;
import com.poolbrain.webhooks.engine.dispatch.DeliveryDispatcher;
import com.poolbrain.webhooks.engine.dispatch.OwnedClaim;
import com.poolbrain.webhooks.engine.ledger.AttemptResult.NotSent;
import com.poolbrain.webhooks.engine.ledger.Claim;
import com.poolbrain.webhooks.engine.ledger.Ledger;
import com.poolbrain.webhooks.engine.ledger.ReopenResult;
import com.poolbrain.webhooks.engine.node.NodeLease;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Redelivers a delivery: one manual attempt now.
public final class Redelivery {

  private final Ledger ledger;
  private final NodeLease lease;
  private final DeliveryDispatcher dispatcher;
  private final ManualAttemptLimiter limiter;
  private final ResultWriter results;

  /// Starts attempts within that limiter's limits.
  public Redelivery(
      Ledger ledger,
      NodeLease lease,
      DeliveryDispatcher dispatcher,
      ManualAttemptLimiter limiter,
      ResultWriter results) {
    this.ledger = ledger;
    this.lease = lease;
    this.dispatcher = dispatcher;
    this.limiter = limiter;
    this.results = results;
  }

  /// Starts a manual attempt. A delivery that waits in a queue of this node is taken out of it. One
  /// that another node owns is busy: it may be running there.
  ///
  /// @param actor caller who asked for it
  public ManualAttemptResult start(long companyId, UUID deliveryId, String actor)
      throws InterruptedException {
    lease.refreshConfig();
    OwnedClaim waiting = dispatcher.removeWaiting(companyId, deliveryId);
    if (waiting != null) {
      Claim claim = waiting.claim().asManual().requestedBy(actor);
      return startOrRelease(new OwnedClaim(claim, waiting.incarnation()));
    }
    UUID incarnation = lease.state().incarnation();
    ReopenResult reopened =
        lease.asOwner(incarnation, () -> ledger.reopen(incarnation, companyId, deliveryId));
    return switch (reopened) {
      case ReopenResult.Reopened(var claim) -> {
        dispatcher.expectResult();
        yield startOrRelease(new OwnedClaim(claim.requestedBy(actor), incarnation));
      }
      case ReopenResult.Busy _ -> new ManualAttemptResult.Busy();
      case ReopenResult.Erased(var erasedAt) -> new ManualAttemptResult.Erased(erasedAt);
      case ReopenResult.NotFound _ -> new ManualAttemptResult.NotFound();
    };
  }

  private ManualAttemptResult startOrRelease(OwnedClaim owned) {
    Claim claim = owned.claim();
    ManualAttemptResult refusal = refusal(claim);
    if (refusal == null) {
      dispatcher.startManual(owned);
      return new ManualAttemptResult.Started(claim);
    }
    results.write(owned.incarnation(), new NotSent(claim, new Unchanged()));
    return refusal;
  }

  private @Nullable ManualAttemptResult refusal(Claim claim) {
    ManualAttemptResult refusal =
        SendPermission.refusal(lease.state().config().endpointConfig(claim.endpointId()));
    return refusal == null && !limiter.tryAcquire(claim)
        ? new ManualAttemptResult.LimitReached()
        : refusal;
  }
}
