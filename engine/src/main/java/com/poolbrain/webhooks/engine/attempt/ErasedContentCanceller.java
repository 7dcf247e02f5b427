package com.poolbrain.webhooks.engine.attempt;

import com.poolbrain.webhooks.domain.CompanyConfig;
import com.poolbrain.webhooks.domain.SkipReason;
import com.poolbrain.webhooks.domain.Trigger;
import com.poolbrain.webhooks.domain.Verdict;
import com.poolbrain.webhooks.engine.dispatch.DeliveryDispatcher;
import com.poolbrain.webhooks.engine.dispatch.OwnedClaim;
import com.poolbrain.webhooks.engine.ledger.AttemptResult.NotSent;
import com.poolbrain.webhooks.engine.node.NodeLease;
import java.util.List;

/// Cancels deliveries that wait in the queues of this node while their content is being erased. A
/// slow endpoint would otherwise keep them for hours.
public final class ErasedContentCanceller implements NodeLease.Listener {

  private final NodeLease lease;
  private final DeliveryDispatcher dispatcher;
  private final ResultWriter results;

  /// Cancels in the queues of that dispatcher.
  public ErasedContentCanceller(
      NodeLease lease, DeliveryDispatcher dispatcher, ResultWriter results) {
    this.lease = lease;
    this.dispatcher = dispatcher;
    this.results = results;
  }

  @Override
  public void onLeaseRenewed(List<CompanyConfig> changedCompanies, long configVersion) {
    for (CompanyConfig company : lease.state().config().companiesWithErasures()) {
      for (OwnedClaim waiting : dispatcher.waitingOf(company.company().id())) {
        if (AttemptRules.isBeingErased(waiting.claim(), company)) {
          cancel(company.company().id(), waiting);
        }
      }
    }
  }

  private void cancel(long companyId, OwnedClaim waiting) {
    OwnedClaim removed = dispatcher.removeWaiting(companyId, waiting.claim().id());
    if (removed != null) {
      Verdict verdict =
          removed.claim().trigger() == Trigger.AUTOMATIC
              ? new Verdict.Skip(SkipReason.CANCELLED)
              : new Verdict.Unchanged();
      results.write(removed.incarnation(), new NotSent(removed.claim(), verdict));
    }
  }
}
